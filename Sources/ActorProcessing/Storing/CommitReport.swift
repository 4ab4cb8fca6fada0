/// What has become of a group's outcomes: all are committed but the rejected ones.
public struct CommitReport: Sendable, Hashable {
    /// An outcome that wasn't committed.
    public struct Rejection: Sendable, Hashable {
        /// Its place in the group.
        public var place: Int
        /// Why.
        public var reason: Reason

        /// A rejection of the outcome at `place`.
        public init(place: Int, reason: Reason) {
            self.place = place
            self.reason = reason
        }
    }

    /// Why an outcome wasn't committed.
    public enum Reason: Sendable, Hashable {
        /// Ownership has passed on: this reactor must let go of the partition.
        case staleFence
        /// The store holds another position, this one.
        case stalePosition(StreamPosition)
        /// A view write threw; the text is its error.
        case viewWriteFailed(String)
        /// The stream was to leave the parking lot, which still holds events of it.
        case lotNotEmpty
    }

    /// In rising order of place.
    public var rejections: [Rejection]

    /// Everything was committed.
    public static let committed = CommitReport(rejections: [])

    /// A report on a group.
    ///
    /// - Parameter rejections: the outcomes that weren't committed, in rising order of place.
    public init(rejections: [Rejection]) { self.rejections = rejections }
}
