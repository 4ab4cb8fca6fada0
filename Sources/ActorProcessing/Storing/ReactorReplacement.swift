public import Sharding

/// Puts a reactor that was built beside another in that one's place.
public protocol ReactorReplacement: Sendable {
    /// Lets the name of a reactor stand for what another one has done, in one transaction.
    ///
    /// Afterwards the name holds the replacement's checkpoints, positions, snapshots and skips. What the replaced one still owes
    /// is added: results and outputs that haven't left, dirty marks, and the streams that are parked in it, with its lot
    /// and its position in place of the replacement's lot. Requests of operators to it stay. Everything else that it held is
    /// gone, and the replacement's name holds nothing. All fences of both are stale; epochs go on rising.
    ///
    /// - Parameters:
    ///   - replaced: a fence of the reactor to be replaced.
    ///   - replacement: a fence of the one that takes its place.
    ///   - write: switches the user's own views in the same transaction.
    /// - Throws: ``StoreError`` of code ``StoreError/Code/behind`` when the replaced one has a checkpoint that the replacement
    ///   hasn't reached, ``StoreError/Code/staleFence`` when either fence is stale, and what `write` throws. Then
    ///   nothing has changed.
    func replace(_ replaced: Fence, by replacement: Fence, write: ViewWrite?) async throws
}
