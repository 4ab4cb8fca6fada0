import Sharding
import Synchronization

/// What the in-memory store holds for one reactor.
///
/// Locks are taken in this order: the store's leases, ledger, views, one stripe. An outcome with effects is committed while all that it
/// touches is locked; one without takes its stripe's lock alone.
final class InMemoryReactor: Sendable {
    /// A stream's key, which is the same for as long as the store lives.
    typealias StreamNumber = KeyTable.ID

    /// A lock of its own for each stripe.
    private final class Stripe: Sendable {
        let state = Mutex(InMemoryStripe())
    }

    /// Stripes are chosen by the hash's high bits, as shards are, so that two shards rarely meet at one.
    private let stripes: [Stripe]
    let ledger: Mutex<InMemoryLedger>
    /// The store's own.
    let transactions: TransactionCounter

    init(stripes count: Int, transactions: TransactionCounter, ledger: InMemoryLedger = InMemoryLedger()) {
        self.transactions = transactions
        stripes = (0..<count).map { _ in Stripe() }
        self.ledger = Mutex(ledger)
        for fence in ledger.newest { ownershipTaken(fence) }
    }

    var stripeCount: Int { stripes.count }

    func withStripe<Result: Sendable>(_ number: Int, _ body: (inout InMemoryStripe) -> Result) -> Result {
        stripes[number].state.withLock { stripe in body(&stripe) }
    }

    /// Calls `body` with the stripe that a stream belongs to.
    func withStripe<Result: Sendable>(of stream: StreamName, _ body: (inout InMemoryStripe) -> Result) -> Result {
        withStripe(StableHash.bucket(of: stream.stableHash, count: stripes.count), body)
    }

    /// A stream's number, or `nil` for one that isn't known.
    func number(of stream: StreamName) -> StreamNumber? {
        let stripe = StableHash.bucket(of: stream.stableHash, count: stripes.count)
        return withStripe(stripe) { $0.find(stream) }
    }
}
