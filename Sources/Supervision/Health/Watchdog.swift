import Synchronization

/// Watches threads from a thread of its own and reports those that are blocked, so that ages move even while handlers
/// hang or block their thread.
///
/// It ticks in real time; ages are measured by the clock it is given, which must be that of the heartbeats.
public final class Watchdog: Sendable {
    private let interval: Duration
    private let clock: any RuntimeClock
    private let onReport: @Sendable (WatchdogReport) -> Void
    private let heartbeats: [Heartbeat]
    private let blockedAfter: Duration
    private let thread = Mutex<WatchdogThread?>(nil)

    /// A watchdog, not started yet.
    ///
    /// - Parameters:
    ///   - interval: how long to wait between looks; at least a millisecond.
    ///   - blockedAfter: how long a turn of a thread's loop may take before the thread counts as blocked.
    ///   - clock: measures ages.
    ///   - heartbeats: the threads to watch.
    ///   - onReport: called on the watchdog's thread, at each tick at which a thread is blocked or has just recovered.
    ///     It should return soon: the next look, and ``stop()``, wait for it.
    public init(
        interval: Duration = .seconds(1),
        blockedAfter: Duration = .seconds(10),
        clock: any RuntimeClock,
        heartbeats: [Heartbeat],
        onReport: @escaping @Sendable (WatchdogReport) -> Void
    ) {
        self.interval = max(interval, .milliseconds(1))
        self.blockedAfter = blockedAfter
        self.clock = clock
        self.heartbeats = heartbeats
        self.onReport = onReport
    }

    deinit {
        stop()
    }

    /// Starts the thread, which looks at once and then at every interval. Does nothing when it is started.
    ///
    /// - Throws: ``SupervisionError`` with the code `threadUnavailable`.
    public func start() throws(SupervisionError) {
        let result = thread.withLock { thread -> Result<Void, SupervisionError> in
            guard thread == nil else { return .success(()) }
            return Result { () throws(SupervisionError) in
                // The thread doesn't hold the watchdog, which can thus be let go of without being stopped.
                thread = try WatchdogThread.start { [interval, blockedAfter, clock, heartbeats, onReport] latch in
                    var rounds = WatchdogRounds(heartbeats, blockedAfter: blockedAfter)
                    repeat {
                        if let report = rounds.make(at: clock.now) { onReport(report) }
                    } while !latch.waitUntilOpen(atMost: interval)
                }
            }
        }
        try result.get()
    }

    /// Stops the thread and waits until it has ended, which takes as long as `onReport` if it is running. Does nothing
    /// when it isn't started; called from `onReport`, it doesn't wait.
    public func stop() {
        let thread = self.thread.withLock { $0.take() }
        thread?.stop()
    }
}
