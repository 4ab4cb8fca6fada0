import Supervision
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Kills the process, as `kill -9` does, at a moment when much may go wrong; the seed decides which.
final class CrashPlan: Sendable {
    /// Where the process may die.
    enum Moment: CaseIterable, Sendable {
        /// In the machine.
        case handling
        /// In the transaction that commits an outcome, behind some of its writes.
        case writing
        /// Before a publication, or confirmations, are received; and when they are, but the reactor hasn't heard of it.
        case beforePublishing, afterPublishing, beforeReceiving, afterReceiving
    }

    /// How many events are handled before; `nil` for no crash.
    private let events: Int?
    let moment: Moment
    private let handled = Atomic(0)

    init(after events: Int?, seed: UInt64) {
        self.events = events
        var random = SplitMix64(seed: seed ^ UInt64(bitPattern: Int64(events ?? 0)))
        moment = Moment.allCases[Int(random.next() % UInt64(Moment.allCases.count))]
    }

    /// An event is handed to the machine.
    func eventArrived() {
        if events == nil { return }
        handled.add(1, ordering: .relaxed)
        reached(.handling)
    }

    /// The process dies if this is the moment.
    func reached(_ moment: Moment) {
        guard let events, moment == self.moment, handled.load(ordering: .relaxed) > events else { return }
        // The system does this for no process but one that it can't stop, which this isn't.
        kill(getpid(), SIGKILL)
    }
}
