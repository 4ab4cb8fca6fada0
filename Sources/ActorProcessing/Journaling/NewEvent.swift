public import Supervision

/// An event that is to be appended to a stream of a ``Journal``, which gives it its index and position.
public struct NewEvent: Sendable, Hashable {
    /// What kind of fact it is.
    public var type: String
    /// What the fact says, encoded.
    public var data: [UInt8]
    /// When it happened, if known. The journal doesn't read a clock.
    public var time: Timestamp?
    /// The event's own id, unique in its stream; by it an append that comes again is recognised.
    public var id: String?
    /// The id of the conversation that it belongs to.
    public var correlationID: String?
    /// The id of what caused it.
    public var causationID: String?
    /// Whatever else comes with it.
    public var metadata: [String: String]

    /// An event to be appended.
    ///
    /// - Parameters:
    ///   - type: what kind of fact it is.
    ///   - data: what the fact says, encoded.
    ///   - time: when it happened, if known.
    ///   - id: its own id, unique in its stream.
    ///   - correlationID: the id of the conversation that it belongs to.
    ///   - causationID: the id of what caused it.
    ///   - metadata: whatever else comes with it.
    public init(
        type: String, data: [UInt8] = [], time: Timestamp? = nil, id: String? = nil, correlationID: String? = nil,
        causationID: String? = nil, metadata: [String: String] = [:]
    ) {
        self.type = type
        self.data = data
        self.time = time
        self.id = id
        self.correlationID = correlationID
        self.causationID = causationID
        self.metadata = metadata
    }
}
