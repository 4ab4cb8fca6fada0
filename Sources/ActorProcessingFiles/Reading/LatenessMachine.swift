#if Files
    import Supervision

    /// Decides which events are late: behind the newest time seen by more than a bound.
    struct LatenessMachine: Sendable {
        /// `nil` when no event is late.
        let bound: Duration?
        private var newest: Timestamp?

        init(bound: Duration?) { self.bound = bound }

        /// How far behind the newest time an event is, when that is too far.
        mutating func eventHappened(at time: Timestamp) -> Duration? {
            guard let bound else { return nil }
            guard let newest, time < newest else {
                newest = time
                return nil
            }
            let behind = time.duration(to: newest)
            return behind > bound ? behind : nil
        }

        /// What is newest no longer counts.
        mutating func begunAnew() { newest = nil }
    }
#endif
