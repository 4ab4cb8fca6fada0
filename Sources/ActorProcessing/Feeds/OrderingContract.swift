/// What a feed promises about the indices of each stream's events.
public enum OrderingContract: Sendable, Hashable {
    /// Every stream begins at this index and each next event's is one more. What comes early is stashed.
    case contiguous(from: Int64)
    /// As `contiguous`, from whichever index of a stream is seen first.
    case fromFirstSeen
    /// Indices rise, gaps are normal. What comes with a lower index than one before is a duplicate.
    case increasing
    /// Events carry no index: their order of arrival is their order, their position in the partition their index.
    case arrival
}
