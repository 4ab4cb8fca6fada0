import ActorProcessing
import ActorProcessingTesting
import Supervision
import Synchronization
import Testing

@Suite("BatchingGate", .timeLimit(.minutes(10)))
struct BatchingGateTests {
    private let limit = BatchingGateConfiguration(maximumBatch: 4)

    @Test("requests share batches, one in flight at a time, and all get their batch's answer")
    func shares() async throws {
        try await simulate(seeds: 0..<100) { simulation in
            let batches = Recorder<[Int]>()
            let inFlight = Mutex(0)
            let gate = BatchingGate<Int, Set<Int>>(configuration: limit, clock: simulation.clock) { batch in
                let atOnce = inFlight.withLock { number in
                    number += 1
                    return number
                }
                #expect(atOnce == 1)
                batches.record(batch)
                try await simulation.advance(by: .milliseconds(simulation.random(in: 0...5)))
                inFlight.withLock { $0 -= 1 }
                return Set(batch)
            }
            async let run: Void = gate.run()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<30 {
                    let wait = Duration.milliseconds(simulation.random(in: 0...20))
                    group.addTask {
                        try await simulation.advance(by: wait)
                        #expect(try await gate.request(number).contains(number))
                    }
                }
                try await group.waitForAll()
            }
            await gate.finish()
            try await run
            #expect(batches.values.flatMap { $0 }.sorted() == Array(0..<30))
            #expect(batches.values.allSatisfy { (1...4).contains($0.count) })
        }
    }

    @Test("an error goes to all of its batch and to nobody else")
    func errors() async throws {
        try await simulate(seeds: 0..<50) { simulation in
            let gate = BatchingGate<Int, Int>(clock: simulation.clock) { batch in
                try await simulation.advance(by: .milliseconds(10))
                if batch.contains(3) { throw TestFailure() }
                return batch.count
            }
            async let run: Void = gate.run()
            async let first = gate.request(0)
            try await simulation.advance(by: .milliseconds(1))
            async let others = withTaskGroup(of: Bool.self) { group in
                for number in 1...5 {
                    group.addTask { if case nil = try? await gate.request(number) { true } else { false } }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(try await first == 1)
            #expect(await others == 5)
            #expect(try await gate.request(6) == 1)
            await gate.finish()
            try await run
        }
    }

    @Test("who is cancelled stops waiting, in the queue or in flight, and hurts nobody")
    func cancellation() async throws {
        try await simulate(seeds: 0..<100) { simulation in
            let batches = Recorder<[Int]>()
            let gate = BatchingGate<Int, Int>(configuration: limit, clock: simulation.clock) { batch in
                batches.record(batch)
                try await simulation.advance(by: .milliseconds(10))
                return batch.count
            }
            async let run: Void = gate.run()
            let requests = (0..<20).map { number in Task { try await gate.request(number) } }
            try await simulation.advance(by: .milliseconds(simulation.random(in: 0...30)))
            let cancelled = Set((0..<8).map { _ in simulation.random(in: 0...19) })
            for number in cancelled { requests[number].cancel() }
            for (number, request) in requests.enumerated() {
                do {
                    #expect(try await request.value >= 1)
                } catch is CancellationError {
                    #expect(cancelled.contains(number))
                }
            }
            await gate.finish()
            try await run
            let performed = batches.values.flatMap { $0 }
            #expect(Set(performed).count == performed.count)
            #expect(Set(performed).isSuperset(of: Set(0..<20).subtracting(cancelled)))
        }
    }

    @Test("it lingers for others, but not when a batch is full")
    func lingers() async throws {
        try await simulate(seeds: 0..<20) { simulation in
            let batches = Recorder<[Int]>()
            let configuration = BatchingGateConfiguration(maximumBatch: 3, linger: .milliseconds(50))
            let gate = BatchingGate<Int, Void>(configuration: configuration, clock: simulation.clock) {
                batches.record($0)
            }
            async let run: Void = gate.run()
            let begin = simulation.clock.now
            async let one: Void = gate.request(1)
            try await simulation.advance(by: .milliseconds(20))
            async let two: Void = gate.request(2)
            _ = try await (one, two)
            #expect(begin.duration(to: simulation.clock.now) == .milliseconds(50))
            async let a: Void = gate.request(3)
            async let b: Void = gate.request(4)
            async let c: Void = gate.request(5)
            _ = try await (a, b, c)
            #expect(begin.duration(to: simulation.clock.now) == .milliseconds(50))
            await gate.finish()
            try await run
            #expect(batches.values.map(\.count) == [2, 3])
        }
    }

    @Test("when its run is over nobody waits any more")
    func ends() async throws {
        let began = Recorder<Int>()
        let gate = BatchingGate<Int, Int>(clock: .system) { batch in
            began.record(batch.count)
            try await Gate().waitUnlessCancelled()
            return 0
        }
        let run = Task { try await gate.run() }
        let request = Task { try await gate.request(1) }
        _ = await began.values(atLeast: 1)
        run.cancel()
        await #expect(throws: CancellationError.self) { try await run.value }
        await #expect(throws: (any Error).self) { try await request.value }
        let error = await #expect(throws: BatchingGateError.self) { try await gate.request(2) }
        #expect(error?.code == .ended)
        let again = await #expect(throws: BatchingGateError.self) { try await gate.run() }
        #expect(again?.code == .alreadyRunning)
    }

    @Test("no request is taken after finish()")
    func finished() async throws {
        let gate = BatchingGate<Int, Int>(clock: .system) { $0.count }
        await gate.finish()
        let error = await #expect(throws: BatchingGateError.self) { try await gate.request(1) }
        #expect(error?.code == .finished)
        try await gate.run()
    }
}
