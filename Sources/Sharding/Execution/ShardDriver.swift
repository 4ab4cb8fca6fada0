/// Decides when a shard executor runs.
package protocol ShardDriver: AnyObject, Sendable {
    /// Whether the caller is in the context that runs the executor.
    var isOwner: Bool { get }

    /// Something has come for its executor, which had declared itself asleep.
    func wake(_ executor: ShardExecutor)
}
