#if SQLite
    import Supervision
    import Synchronization

    @testable import ActorProcessingSQLite

    /// A machine's clock that moves only when a test says so, and the starts of that machine.
    final class MovedClock: Sendable {
        private let state = Mutex((boot: 1, now: RuntimeInstant(nanoseconds: 1_000_000_000)))

        var now: RuntimeInstant { state.withLock { $0.now } }

        func advance(by duration: Duration) { state.withLock { $0.now = $0.now.advanced(by: duration) } }

        /// The machine is started anew: its clock begins again.
        func startAnew() { state.withLock { $0 = ($0.boot + 1, RuntimeInstant(nanoseconds: 1_000_000_000)) } }

        /// What a store that is opened now reads.
        var bootClock: BootClock {
            BootClock(
                boot: "start \(state.withLock { $0.boot })", now: { self.now },
                wallTime: { Timestamp(nanosecondsSince1970: self.now.nanoseconds) })
        }
    }
#endif
