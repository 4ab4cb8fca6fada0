/// Keeps the order of merged feeds: small records of which events of which source came when.
///
/// A feed's order begins at position 0 and grows at its end only, one record at a time. Several readers may add to
/// one order, also from several processes, as long as a record is accepted only at the end that its writer knew.
public protocol MergeLog: Sendable {
    /// Where to take the order up so as to read on at `position`.
    ///
    /// - Returns: `nil` when the order isn't kept any more there.
    func bookmark(of feed: String, at position: FeedPosition) async throws -> MergeBookmark?

    /// The records that end behind `position`, in order, at most `limit`.
    func records(of feed: String, from position: FeedPosition, limit: Int) async throws -> [MergeRecord]

    /// Adds a record at the end.
    ///
    /// - Returns: `false`, and nothing has changed, when the order's end isn't the record's position: another one came
    ///   before it.
    func append(_ record: MergeRecord, to feed: String) async throws -> Bool

    /// Forgets the records that end at or before `position`, but not how far they had read their sources.
    func trim(_ feed: String, below position: FeedPosition) async throws
}
