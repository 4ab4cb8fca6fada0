import ActorProcessing
import Supervision
import Synchronization
import Testing

@Suite("Resequencer", .timeLimit(.minutes(10)))
struct ResequencerTests {
    private static func milliseconds(_ count: Int64) -> RuntimeInstant {
        RuntimeInstant(nanoseconds: count * 1_000_000)
    }

    @Test("G6: results leave in the order of the inputs, whatever finishes first", arguments: UInt64(0)..<10)
    func order(seed: UInt64) async throws {
        let clock = ManualClock()
        let random = Mutex(SplitMix64(seed: seed))
        let running = Mutex(0)
        let emitted = Recorder<[Ticketed<Int>]>()
        let resequencer = Resequencer<Int, Int>(
            configuration: ResequencerConfiguration(windowTickets: 20, maximumConcurrentWork: 7, maximumEmission: 5),
            clock: clock,
            work: { input, attempt in
                running.withLock { count in
                    count += 1
                    #expect(count <= 7)
                }
                defer { running.withLock { $0 -= 1 } }
                #expect(attempt.ordinal == UInt64(input))
                let roll = random.withLock { $0.next() % 16 }
                if roll > 3 { try await clock.sleep(for: .microseconds(Int(roll) * 100)) }
                if roll == 15 && attempt.number < 3 { throw TestFailure() }
                return input % 10 == 3 ? [] : [input, -input]
            },
            emit: { batch in
                emitted.record(batch)
                if batch.count == 5 { try await clock.sleep(for: .microseconds(300)) }
            })
        try await clock.jumping {
            async let run: Void = resequencer.run()
            for input in 0..<300 {
                let ordinal = try await resequencer.submit(input)
                #expect(ordinal == UInt64(input))
                let status = await resequencer.status
                #expect(status.openTickets <= 20 && status.runningCalls <= 7)
            }
            await resequencer.finish()
            try await run
        }
        let expected = (0..<300).filter { $0 % 10 != 3 }
        #expect(emitted.values.flatMap { $0 }.map(\.ordinal) == expected.map { UInt64($0) }, "seed \(seed)")
        #expect(emitted.values.flatMap { $0 }.map(\.content) == expected.map { .results([$0, -$0]) })
        #expect(emitted.values.allSatisfy { $0.count <= 5 })
    }

    @Test("A late head is worked on again; the first result wins and the other call is cancelled")
    func lateHead() async throws {
        let clock = ManualClock()
        let started = Recorder<TicketAttempt>()
        let cancelled = Recorder<TicketAttempt>()
        let emitted = Recorder<Ticketed<String>>()
        let resequencer = Resequencer<Int, String>(
            configuration: ResequencerConfiguration(
                windowTickets: 4, lateHeadDeadline: .milliseconds(10), maximumConcurrentWork: 1),
            clock: clock,
            work: { _, attempt in
                started.record(attempt)
                if attempt == TicketAttempt(ordinal: 0, number: 1) {
                    defer { cancelled.record(attempt) }
                    try await clock.sleep(until: .distantFuture, tolerance: nil)
                }
                return ["\(attempt.ordinal), attempt \(attempt.number)"]
            },
            emit: { for ticket in $0 { emitted.record(ticket) } })
        async let run: Void = resequencer.run()
        try await resequencer.submit(0)
        try await resequencer.submit(1)
        await clock.waitForSleeper(until: Self.milliseconds(10))
        clock.advance(to: Self.milliseconds(10))
        let contents = await emitted.values(atLeast: 2).map(\.content)
        #expect(contents == [.results(["0, attempt 2"]), .results(["1, attempt 1"])])
        #expect(await cancelled.values(atLeast: 1) == [TicketAttempt(ordinal: 0, number: 1)])
        await resequencer.finish()
        try await run
        #expect(await resequencer.status.runningCalls == 0)
    }

    @Test("A full window holds back the next input; a cancelled one takes no ticket")
    func backPressure() async throws {
        let clock = ManualClock()
        let gate = Recorder<Void>()
        let started = Recorder<Int>()
        let emitted = Recorder<UInt64>()
        let resequencer = Resequencer<Int, Int>(
            configuration: ResequencerConfiguration(windowTickets: 2),
            clock: clock,
            work: { input, _ in
                started.record(input)
                if input == 0 { _ = await gate.values(atLeast: 1) }
                return [input]
            },
            emit: { for ticket in $0 { emitted.record(ticket.ordinal) } })
        async let run: Void = resequencer.run()
        try await resequencer.submit(0)
        try await resequencer.submit(1)
        _ = await started.values(atLeast: 2)
        #expect(await resequencer.status.isStarved)

        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await #expect(throws: CancellationError.self) { try await resequencer.submit(2) }
            }
            group.cancelAll()
            try await group.waitForAll()
        }
        async let third = resequencer.submit(3)
        gate.record(())
        #expect(try await third == 2)
        await resequencer.finish()
        await #expect(throws: ResequencerError.self) { try await resequencer.submit(4) }
        try await run
        #expect(emitted.values == [0, 1, 2] && started.values == [0, 1, 3])
    }

    @Test(
        "When the attempts of one input are used up, the policy decides",
        arguments: [
            ExhaustedPolicy.halt, .deadLetterWithTombstone, .emitError,
        ])
    func exhausted(policy: ExhaustedPolicy) async throws {
        let attempts = Recorder<Int>()
        let deadLetters = Recorder<Int>()
        let emitted = Recorder<Ticketed<Int>>()
        let resequencer = Resequencer<Int, Int>(
            configuration: ResequencerConfiguration(maximumAttempts: 2, exhausted: policy),
            clock: ManualClock(),
            work: { input, attempt in
                guard input == 1 else { return [input] }
                attempts.record(attempt.number)
                throw TestFailure(number: attempt.number)
            },
            deadLetter: { input, ordinal, error in
                #expect(ordinal == 1 && error as? TestFailure == TestFailure(number: 2))
                #expect(emitted.values.count < 2, "The dead letter comes before its tombstone")
                deadLetters.record(input)
            },
            emit: { for ticket in $0 { emitted.record(ticket) } })
        let run = Task { try await resequencer.run() }
        for input in 0..<3 { _ = try? await resequencer.submit(input) }
        await resequencer.finish()

        guard policy != .halt else {
            let error = await #expect(throws: ResequencerError.self) { try await run.value }
            #expect(error?.code == .attemptsExhausted && error?.underlying is TestFailure)
            #expect(emitted.values.allSatisfy { $0.ordinal == 0 } && attempts.values == [1, 2])
            return
        }
        try await run.value
        let tombstone: TombstoneReason =
            policy == .emitError ? .failed(attempts: 2) : .deadLettered(attempts: 2)
        #expect(emitted.values.map(\.content) == [.results([0]), .tombstone(tombstone), .results([2])])
        #expect(emitted.values[1].error as? TestFailure == TestFailure(number: 2))
        #expect(deadLetters.values == (policy == .emitError ? [] : [1]) && attempts.values == [1, 2])
    }

    @Test("An output that fails ends the run and those who wait to submit")
    func outputFails() async throws {
        let resequencer = Resequencer<Int, Int>(
            configuration: ResequencerConfiguration(windowTickets: 1), clock: ManualClock(),
            work: { input, _ in [input] }, emit: { _ in throw TestFailure() })
        let run = Task { try await resequencer.run() }
        try await resequencer.submit(0)
        await #expect(throws: TestFailure.self) { try await run.value }
        let error = await #expect(throws: ResequencerError.self) { try await resequencer.submit(1) }
        #expect(error?.code == .ended && error?.underlying is TestFailure)
    }

    @Test("Cancelled, it cancels its calls; on an executor of its owner's they run there")
    func cancellation() async throws {
        let executor = QueueExecutor()
        let clock = ManualClock()
        let started = Recorder<Bool>()
        let resequencer = Resequencer<Int, Int>(
            clock: clock, executor: executor,
            work: { _, _ in
                started.record(executor.isCurrent)
                try await clock.sleep(until: .distantFuture, tolerance: nil)
                return []
            }, emit: { _ in })
        await withDiscardingTaskGroup { group in
            group.addTask {
                await #expect(throws: CancellationError.self) { try await resequencer.run() }
            }
            _ = try? await resequencer.submit(0)
            #expect(await started.values(atLeast: 1) == [true])
            group.cancelAll()
        }
        await #expect(throws: ResequencerError.self) { try await resequencer.submit(1) }
    }
}
