import Sharding
public import Supervision
import Synchronization

/// A store that keeps everything in memory: the default of a reactor without one, and the reference for all others.
///
/// It acknowledges at once. What it has acknowledged stays for as long as the store itself does: keep the store and drop
/// the reactor, and the next reactor finds what a durable store would hold after a crash. When the process ends,
/// everything is gone.
///
/// View writes are given an ``InMemoryTransaction``; read the views with ``view(_:as:)`` and ``value(of:in:as:)``.
/// Streams that are known by their position only take about 85 bytes each, up to 40 bytes of name included; they
/// are kept until the store goes.
///
/// Leases are kept together with what is committed under them. Fences are compared for equality: one that this store hasn't
/// handed out is refused like an old one.
public final class InMemoryStore: Sendable {
    private let reactors = Mutex<[String: InMemoryReactor]>([:])
    let views = InMemoryViewTables()
    let leases = Mutex(LeaseTable())
    let transactions = TransactionCounter()
    let clock: any RuntimeClock

    private let stripes: Int

    /// An empty store.
    ///
    /// - Parameters:
    ///   - stripes: how many locks a reactor's streams are spread over, at least one. Give the number of shards or a small
    ///     multiple of it: then no two shards share a lock, and a group's rows stay together in few.
    ///   - clock: what leases lapse by. The system's goes on while the system is suspended.
    public init(stripes: Int = 8, clock: any RuntimeClock = SystemClock()) {
        precondition(stripes > 0, "a store has at least one stripe, not \(stripes)")
        self.stripes = stripes
        self.clock = clock
    }

    /// What is held for a reactor.
    func reactor(_ name: String) -> InMemoryReactor {
        reactors.withLock { reactors in
            if let known = reactors[name] { return known }
            let reactor = InMemoryReactor(stripes: stripes, transactions: transactions)
            reactors[name] = reactor
            return reactor
        }
    }

    /// Calls `body` with what is held, for it to change which reactor stands under which name.
    func withReactors<Result: Sendable>(_ body: (inout [String: InMemoryReactor]) -> Result) -> Result {
        reactors.withLock { reactors in body(&reactors) }
    }

    /// Calls `body` with the ledger of the reactor that stands under a name now.
    func withLedger<Result: Sendable>(_ name: String, _ body: (inout InMemoryLedger) -> Result) -> Result {
        while true {
            let result: Result? = reactor(name).ledger.withLock { $0.isReplaced ? nil : body(&$0) }
            if let result { return result }
        }
    }
}
