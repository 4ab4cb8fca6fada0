/// Where an append's events lie.
public struct AppendResult: Sendable, Hashable {
    /// Their indices in the stream.
    public var indices: Range<Int64>
    /// The position in the journal behind the last of them: a reader that has come to it has seen them.
    public var position: FeedPosition
    /// Whether they were there already, from an append before this one.
    public var isRepeat: Bool

    /// The result of an append.
    ///
    /// - Parameters:
    ///   - indices: the events' indices in the stream.
    ///   - position: the position in the journal behind the last of them.
    ///   - isRepeat: whether they were there already.
    public init(indices: Range<Int64>, position: FeedPosition, isRepeat: Bool = false) {
        self.indices = indices
        self.position = position
        self.isRepeat = isRepeat
    }
}
