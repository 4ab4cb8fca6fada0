/// Where the epochs of a ``LeaseTable`` come from: a count of its own, or the store whose commits carry them.
package protocol EpochSource {
    /// Begins the next epoch of a scope. When it returns, nothing more is committed under an older one.
    ///
    /// - Parameter last: the epoch that the table knows; zero for none.
    /// - Returns: the epoch, above `last`, and the number of the store's transaction.
    mutating func beginEpoch(of scope: Fence.Scope, after last: UInt64) -> (epoch: UInt64, number: UInt64)

    /// Ends an epoch that nobody follows yet. When it returns, nothing more is committed under it.
    ///
    /// - Returns: the number of the store's transaction.
    mutating func endEpoch(_ fence: Fence) -> UInt64
}
