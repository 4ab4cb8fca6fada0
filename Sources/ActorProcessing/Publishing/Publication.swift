/// The state of one stream, to be sent outward.
public struct Publication<State: Sendable>: Sendable {
    public let stream: StreamName
    public let state: State
    /// Rises with each change of the stream; receivers drop what is lower than they have seen.
    public let version: Int64
}
