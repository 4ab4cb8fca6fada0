import ActorProcessing
import Supervision
import Synchronization
import Testing

@Suite("Debouncer", .timeLimit(.minutes(10)))
struct DebouncerTests {
    private struct Publication: Equatable {
        var key: String
        var version: Int64
    }

    private static let configuration = DebounceConfiguration(
        quietPeriod: .milliseconds(10), longestWait: .milliseconds(50), maximumConcurrentPublications: 3)

    private static func milliseconds(_ count: Int64) -> RuntimeInstant {
        RuntimeInstant(nanoseconds: count * 1_000_000)
    }

    @Test("Publishes the latest version after the quiet period, and returns when finished")
    func quietPeriod() async throws {
        let clock = ManualClock()
        let published = Recorder<Publication>()
        let debouncer = Debouncer<String>(configuration: Self.configuration, clock: clock, seed: 1) {
            published.record(Publication(key: $0, version: $1))
        }
        async let run: Void = debouncer.run()
        await debouncer.changed("a", version: 1)
        await debouncer.changed("a", version: 2)
        await clock.waitForSleeper(until: Self.milliseconds(10))
        clock.advance(to: Self.milliseconds(9))
        await debouncer.changed("a", version: 3)
        clock.advance(to: Self.milliseconds(10))
        await clock.waitForSleeper(until: Self.milliseconds(19))
        #expect(published.values == [])
        clock.advance(to: Self.milliseconds(19))
        #expect(await published.values(atLeast: 1) == [Publication(key: "a", version: 3)])
        await debouncer.changed("b", version: 1)
        await debouncer.finish()
        try await run
        #expect(published.values.last == Publication(key: "b", version: 1))
        #expect(await debouncer.status.savedPublications == 2)
    }

    @Test("A flush returns when all that was dirty has been published, without time passing")
    func flush() async throws {
        let clock = ManualClock()
        let published = Recorder<Publication>()
        let debouncer = Debouncer<String>(configuration: Self.configuration, clock: clock, seed: 1) {
            published.record(Publication(key: $0, version: $1))
        }
        async let run: Void = debouncer.run()
        for key in ["a", "b", "c", "d", "e"] { await debouncer.changed(key, version: 7) }
        try await debouncer.flush()
        #expect(published.values.map(\.key).sorted() == ["a", "b", "c", "d", "e"])
        #expect(await debouncer.status.dirtyCount == 0)
        try await debouncer.flush()
        await debouncer.finish()
        try await run
        await #expect(throws: DebouncerError.self) { try await debouncer.flush() }
        await #expect(throws: DebouncerError.self) { try await debouncer.run() }
    }

    @Test("G7: failing publications are repeated until each entity's last state is out", arguments: UInt64(0)..<10)
    func lastStateGoesOut(seed: UInt64) async throws {
        let clock = ManualClock()
        let random = Mutex(SplitMix64(seed: seed))
        let inFlight = Mutex<Set<Int>>([])
        let published = Mutex<[Int: Int64]>([:])
        let debouncer = Debouncer<Int>(configuration: Self.configuration, clock: clock, seed: seed) { key, version in
            inFlight.withLock { keys in
                #expect(keys.insert(key).inserted, "two publications of one entity")
                #expect(keys.count <= 3)
            }
            defer { inFlight.withLock { _ = $0.remove(key) } }
            let roll = random.withLock { $0.next() % 4 }
            if roll > 1 { try await clock.sleep(for: .milliseconds(Int(roll) * 3)) }
            if roll % 2 == 0 { throw TestFailure() }
            published.withLock { $0[key] = version }
        }
        let last = try await clock.jumping {
            var generator = SplitMix64(seed: seed)
            async let run: Void = debouncer.run()
            var last: [Int: Int64] = [:]
            for version in 0..<400 {
                let key = Int(generator.next() % 20)
                last[key] = Int64(version)
                await debouncer.changed(key, version: Int64(version))
                if version % 50 == 0 { try await clock.sleep(for: .milliseconds(7)) }
            }
            await debouncer.finish()
            try await run
            return last
        }
        #expect(published.withLock { $0 } == last)
        let status = await debouncer.status
        #expect(status.dirtyCount == 0 && status.inFlightCount == 0)
        #expect(status.failures > 0 && status.lastFailure is TestFailure)
        #expect(status.publications + status.savedPublications == 400)
    }

    @Test("Cancelled, it cancels its publications and says so to those who wait")
    func cancellation() async throws {
        let clock = ManualClock()
        let started = Recorder<Int>()
        let ended = Recorder<Bool>()
        let debouncer = Debouncer<Int>(configuration: Self.configuration, clock: clock, seed: 1) { key, _ in
            started.record(key)
            defer { ended.record(Task.isCancelled) }
            try await clock.sleep(until: .distantFuture, tolerance: nil)
        }
        await debouncer.changed(1, version: 1)
        let run = Task { try await debouncer.run() }
        let flush = Task { try await debouncer.flush() }
        _ = await started.values(atLeast: 1)
        run.cancel()
        await #expect(throws: CancellationError.self) { try await run.value }
        await #expect(throws: DebouncerError.self) { try await flush.value }
        #expect(ended.values == [true])
        #expect(await debouncer.status.dirtyCount == 1)
    }

    @Test("On an executor of its owner's, publications run there too")
    func executor() async throws {
        let executor = QueueExecutor()
        let clock = ManualClock()
        let places = Recorder<Bool>()
        let debouncer = Debouncer<Int>(
            configuration: Self.configuration, clock: clock, seed: 1, executor: executor
        ) { _, _ in
            places.record(executor.isCurrent)
            try await clock.sleep(until: Self.milliseconds(10), tolerance: nil)
            places.record(executor.isCurrent)
        }
        async let run: Void = debouncer.run()
        await debouncer.changed(1, version: 1)
        await clock.waitForSleeper(until: Self.milliseconds(10))
        await debouncer.finish()
        _ = await places.values(atLeast: 1)
        clock.advance(to: Self.milliseconds(10))
        try await run
        #expect(places.values == [true, true])
    }
}
