/// The state of one stream, to be sent outward.
public struct Publication<State: Sendable>: Sendable {
    /// Whose state it is.
    public let stream: StreamName
    /// The state as of the last commit.
    public let state: State
    /// Rises with each change of the stream; receivers drop what is lower than they have seen.
    public let version: Int64
}
