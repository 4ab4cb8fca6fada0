/// What becomes of a stream's events when it is closed. Either way its name stays taken.
public enum StreamClosing: Sendable, Hashable, CaseIterable {
    /// They can still be read stream by stream, but belong to no selection any more: a reactor that hasn't come to them won't,
    /// and a rebuilt view lacks them.
    case archive
    /// They are removed, and so are the snapshots that the journal itself keeps of the stream.
    case delete
}
