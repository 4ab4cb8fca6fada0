/// Where outcomes are committed and positions found again.
public protocol OutcomeStore: Sendable {
    /// What is known of streams, in the order asked for; `nil`, or the position `none`, for one that the store doesn't know.
    func load(_ streams: StreamQuery, reactor: String) async throws -> [StoredStream?]

    /// Commits outcomes, each as a unit for itself.
    ///
    /// An outcome whose fence is stale or whose expected position isn't the stored one is rejected alone and leaves
    /// nothing behind. An error thrown means that nothing is known of the group: the caller reads positions again.
    func commit(_ group: OutcomeGroup, reactor: String) async throws -> CommitReport
}
