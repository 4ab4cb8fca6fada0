/// The state of an event-sourced stream as of one version.
public struct JournalSnapshot: Sendable, Hashable {
    /// The index of the first event that isn't part of the state.
    public var version: Int64
    /// The version of the encoding. A state that was kept under another one is built anew from the events.
    public var schema: Int
    /// The state, encoded.
    public var state: [UInt8]

    /// A snapshot.
    ///
    /// - Parameters:
    ///   - version: the index of the first event that isn't part of the state.
    ///   - schema: the version of the encoding.
    ///   - state: the state, encoded.
    public init(version: Int64, schema: Int, state: [UInt8]) {
        self.version = version
        self.schema = schema
        self.state = state
    }
}
