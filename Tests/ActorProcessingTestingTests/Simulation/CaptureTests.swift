import ActorProcessingTesting
import Sharding
import Supervision
import Testing

/// Whatever Swift concurrency offers runs inside of the simulation, in an order that its seed decides.
@Suite struct CaptureTests {
    @Test(.timeLimit(.minutes(10))) func sameSeedSameTraceAndOtherSeedsOtherTraces() async throws {
        var traces: [[String]] = []
        var hashes: Set<UInt64> = []
        for seed in UInt64(0)..<30 {
            let first = try await Self.wander(seed)
            let second = try await Self.wander(seed)
            #expect(first.entries == second.entries)
            #expect(first.hash == second.hash)
            traces.append(first.entries)
            hashes.insert(first.hash)
        }
        #expect(Set(traces).count == 30)
        #expect(hashes.count == 30)
    }

    @Test @MainActor func aTestOnTheMainActorMaySimulateIt() async throws {
        for seed in UInt64(0)..<5 {
            let trace = try await Self.wander(seed)
            #expect(trace.entries.contains("main 0"))
        }
    }

    @Test func theFunctionThatHoldsItsThreadDoesTheSame() async throws {
        let log = Log<UInt64>()
        func hold() throws {
            try simulate(seeds: 7...7) { simulation in
                try await Self.everything(simulation, Log())
                log.add(simulation.traceHash)
            }
        }
        try hold()
        let trace = try await Self.wander(7)
        #expect(log.entries == [trace.hash])
    }

    @Test(.timeLimit(.minutes(10))) func simulationsRunBesideEachOtherAndTheOrdinaryPool() async throws {
        let alone = try await Self.wander(3)
        let noise = Task {
            while !Task.isCancelled { try await Task.sleep(for: .microseconds(100)) }
        }
        try await withThrowingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    let beside = try await Self.wander(3)
                    #expect(beside.hash == alone.hash)
                }
            }
            try await group.waitForAll()
        }
        noise.cancel()
    }

    @Test func taskLocalsReachTheBody() async throws {
        try await Place.$name.withValue("test") {
            try await simulate(seeds: 0..<2) { _ in
                try #require(Place.name == "test")
                let inTask = await Task { Place.name }.value
                try #require(inTask == "test")
            }
        }
    }

    @Test func aSimulatedRuntimeNeedsASimulation() throws {
        let error = #expect(throws: RuntimeError.self) { try Runtime.simulated(seed: 1).start() }
        #expect(error?.code == .outsideOfSimulation)
    }

    private static func wander(_ seed: UInt64) async throws -> (entries: [String], hash: UInt64) {
        let log = Log<String>()
        let hash = Log<UInt64>()
        try await simulate(seeds: seed...seed) { simulation in
            try await everything(simulation, log)
            hash.add(simulation.traceHash)
        }
        return (log.entries, try #require(hash.entries.first))
    }

    private static func everything(_ simulation: Simulation, _ log: Log<String>) async throws {
        let runtime = try simulation.runtime().start()
        let tasks = (0..<3).map { number in
            Task {
                let began = ContinuousClock.now
                let shard = ShardActor(runtime.shards[number % 2])
                try await shard.wander(log, "\(number)")
                try await sleeps(number, runtime, log)
                await groups(number, log)
                await streams(number, log)
                await onMain(number, log)
                log.add("cancelled \(number) \(await isCancelledInSleep())")
                log.add("end \(number) after \(ContinuousClock.now - began)")
            }
        }
        for task in tasks { try await task.value }
    }

    private static func sleeps(_ number: Int, _ runtime: RunningRuntime, _ log: Log<String>) async throws {
        await Task.yield()
        try await Task.sleep(for: .seconds(10))
        try await Task.sleep(nanoseconds: 5_000_000_000)
        try await ContinuousClock().sleep(for: .seconds(1))
        try await SuspendingClock().sleep(for: .seconds(1))
        try await runtime.clock.sleep(for: .seconds(1))
        log.add("slept \(number)")
    }

    private static func groups(_ number: Int, _ log: Log<String>) async {
        await withTaskGroup(of: Int.self) { group in
            for child in 0..<3 {
                group.addTask {
                    log.add("child \(number).\(child)")
                    return await elsewhere(child)
                }
            }
            for await child in group { log.add("joined \(number).\(child)") }
        }
        async let other = elsewhere(number)
        await Task.detached { log.add("detached \(number)") }.value
        log.add("let \(await other)")
    }

    private static func streams(_ number: Int, _ log: Log<String>) async {
        let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
        Task {
            for element in 0..<3 {
                continuation.yield(element)
                await Task.yield()
            }
            continuation.finish()
        }
        for await element in stream { log.add("stream \(number) \(element)") }
        await withCheckedContinuation { continuation in
            _ = Task.immediate {
                log.add("immediate \(number)")
                await Task.yield()
                continuation.resume()
            }
        }
        await Plain().work(number, log)
    }

    @MainActor private static func onMain(_ number: Int, _ log: Log<String>) async {
        await Task.yield()
        MainActor.preconditionIsolated()
        try? await Task.sleep(for: .seconds(1))
        MainActor.preconditionIsolated()
        log.add("main \(number)")
    }

    private static func isCancelledInSleep() async -> Bool {
        let task = Task { try await Task.sleep(for: .seconds(1000)) }
        await Task.yield()
        task.cancel()
        return (try? await task.value) == nil
    }
}

/// An actor on the default executor.
private actor Plain {
    func work(_ number: Int, _ log: Log<String>) async {
        await Task.yield()
        preconditionIsolated()
        try? await Task.sleep(for: .microseconds(1500))
        preconditionIsolated()
        log.add("plain \(number) \(await elsewhere(number))")
    }
}

private enum Place {
    @TaskLocal static var name = "nowhere"
}
