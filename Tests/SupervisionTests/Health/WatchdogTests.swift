import Supervision
import Synchronization
import Testing

@Suite("Watchdog", .timeLimit(.minutes(10)))
struct WatchdogTests {
    private let clock = ManualClock()
    private let heartbeat = Heartbeat(name: "shard-0")

    @Test("A heartbeat shows its latest turn and call")
    func heartbeatReading() {
        #expect(heartbeat.reading == HeartbeatReading(turnBegan: nil, callBegan: nil))
        heartbeat.beat(at: .seconds(1))
        heartbeat.callBegan(at: .seconds(2))
        #expect(heartbeat.reading == HeartbeatReading(turnBegan: .seconds(1), callBegan: .seconds(2)))
        heartbeat.callEnded()
        #expect(heartbeat.reading == HeartbeatReading(turnBegan: .seconds(1), callBegan: nil))
        heartbeat.rest()
        #expect(heartbeat.reading == HeartbeatReading(turnBegan: nil, callBegan: nil))
    }

    @Test("A thread that is blocked is reported, its age moves, and its recovery is reported")
    func reportsBlockedThread() async throws {
        let (reports, continuation) = AsyncStream.makeStream(of: WatchdogReport.self)
        let watchdog = Watchdog(
            interval: .milliseconds(1),
            blockedAfter: .seconds(10),
            clock: clock,
            heartbeats: [Heartbeat(name: "well"), heartbeat]
        ) { continuation.yield($0) }
        heartbeat.beat(at: .zero)
        heartbeat.callBegan(at: .zero)
        clock.advance(by: .seconds(10))
        try watchdog.start()
        var iterator = reports.makeAsyncIterator()
        let first = try #require(await iterator.next())
        let blocked = WatchdogVerdict.blocked(for: .seconds(10), inCallFor: .seconds(10), isNew: true)
        #expect(first.findings.map(\.name) == ["shard-0"])
        #expect(first.findings.map(\.verdict) == [blocked])
        #expect(first.isChange)

        // Nothing but the clock moves: the watched thread says nothing.
        clock.advance(by: .seconds(5))
        let older = WatchdogVerdict.blocked(for: .seconds(15), inCallFor: .seconds(15), isNew: false)
        while let report = await iterator.next() {
            #expect(!report.isChange)
            if report.findings.map(\.verdict) == [older] { break }
        }

        heartbeat.callEnded()
        heartbeat.beat(at: .seconds(15))
        while let report = await iterator.next(), !report.isChange {}
        watchdog.stop()
        continuation.finish()
        #expect(await iterator.next() == nil)
    }

    @Test("Stopping is prompt however long the interval, and the watchdog can be started again")
    func stopIsPrompt() async throws {
        let (reports, continuation) = AsyncStream.makeStream(of: WatchdogReport.self)
        let watchdog = Watchdog(interval: .seconds(86_400), blockedAfter: .zero, clock: clock, heartbeats: [heartbeat])
        {
            continuation.yield($0)
        }
        heartbeat.beat(at: .zero)
        var iterator = reports.makeAsyncIterator()
        for _ in 0..<3 {
            try watchdog.start()
            try watchdog.start()
            // It looks at once, then waits for a day.
            #expect(await iterator.next() != nil)
            watchdog.stop()
            watchdog.stop()
        }
    }

    @Test("A report may stop the watchdog")
    func stopFromReport() async throws {
        let (reports, continuation) = AsyncStream.makeStream(of: WatchdogReport.self)
        let shared = Shared()
        let watchdog = Watchdog(interval: .seconds(86_400), blockedAfter: .zero, clock: clock, heartbeats: [heartbeat])
        {
            shared.box.withLock { $0 }?.stop()
            continuation.yield($0)
            continuation.finish()
        }
        shared.box.withLock { $0 = watchdog }
        heartbeat.beat(at: .zero)
        try watchdog.start()
        var count = 0
        for await _ in reports { count += 1 }
        #expect(count == 1)
        shared.box.withLock { $0 = nil }
    }

    @Test("Letting go of a watchdog stops its thread")
    func stopsWhenReleased() async throws {
        let (reports, continuation) = AsyncStream.makeStream(of: WatchdogReport.self)
        heartbeat.beat(at: .zero)
        do {
            let end = OnRelease { continuation.finish() }
            let watchdog = Watchdog(
                interval: .milliseconds(1), blockedAfter: .zero, clock: clock, heartbeats: [heartbeat]
            ) { [end] _ in _ = end }
            try watchdog.start()
        }
        // The thread held the closure, which held `end`.
        for await _ in reports {}
    }
}

private final class Shared: Sendable {
    let box = Mutex<Watchdog?>(nil)
}

private final class OnRelease: Sendable {
    private let action: @Sendable () -> Void

    init(_ action: @escaping @Sendable () -> Void) {
        self.action = action
    }

    deinit {
        action()
    }
}
