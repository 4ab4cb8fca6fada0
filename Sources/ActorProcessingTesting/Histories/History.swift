public import Supervision
import Synchronization

/// What has happened in a simulated reactor's world, in order, over all of its crashes and restarts.
///
/// ``ReactorSimulation`` writes it, an ``Invariant`` reads it.
public final class History: Sendable {
    private let list = Mutex<[HistoryEntry]>([])
    private let now: @Sendable () -> RuntimeInstant

    /// An empty history.
    ///
    /// - Parameter now: the time of each entry.
    public init(now: @escaping @Sendable () -> RuntimeInstant) { self.now = now }

    /// Everything so far.
    public var entries: [HistoryEntry] { list.withLock { $0 } }

    /// Adds what has just happened in a run.
    public func add(_ fact: HistoryFact, run: Int) {
        let entry = HistoryEntry(time: now(), run: run, fact: fact)
        list.withLock { $0.append(entry) }
    }
}

/// Something that has happened, when, and in which run of the reactor.
public struct HistoryEntry: Sendable {
    /// The virtual time.
    public let time: RuntimeInstant
    /// Counts the starts of the reactor from 1.
    public let run: Int
    /// What has happened.
    public let fact: HistoryFact
}
