/// What a journal knows of one stream.
public struct JournalStreamState: Sendable, Hashable {
    /// Whether a stream takes events.
    public enum Phase: Sendable, Hashable, CaseIterable {
        /// It takes events.
        case open
        /// It is closed; its events can still be read by its name.
        case archived
        /// It is closed, and its events are gone.
        case deleted
    }

    /// The stream's version: the index that its next event gets or, in a closed stream, would have got.
    public var nextIndex: Int64
    /// Whether it takes events.
    public var phase: Phase

    /// What is known of a stream.
    ///
    /// - Parameters:
    ///   - nextIndex: the index that its next event gets.
    ///   - phase: whether it takes events.
    public init(nextIndex: Int64, phase: Phase = .open) {
        self.nextIndex = nextIndex
        self.phase = phase
    }
}
