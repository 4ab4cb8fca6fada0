import Synchronization

/// Numbers a store's transactions in the order in which they are carried out.
///
/// Whoever draws a number holds the lock that its transaction needs, so that numbers of transactions which exclude each
/// other tell which came first.
final class TransactionCounter: Sendable {
    private let last = Atomic<UInt64>(0)

    func next() -> UInt64 { last.add(1, ordering: .relaxed).newValue }
}
