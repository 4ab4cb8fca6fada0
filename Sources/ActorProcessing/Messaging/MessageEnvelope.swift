public import Supervision

/// What makes an output a message: the stream that it goes to, and what the event that it becomes there says beside its type
/// and data.
public struct MessageEnvelope: Sendable, Hashable {
    /// The stream that it becomes an event of.
    public var receiver: StreamName
    /// The event's id, unique in the receiver; by it a message that comes again is recognised.
    public var id: String
    /// When it happened, if known.
    public var time: Timestamp?
    /// The id of the conversation that it belongs to.
    public var correlationID: String?
    /// The id of what caused it.
    public var causationID: String?
    /// Whatever else comes with it.
    public var metadata: [String: String]

    /// The envelope of a message.
    ///
    /// - Parameters:
    ///   - receiver: the stream that it becomes an event of.
    ///   - id: the event's id, unique in the receiver.
    ///   - time: when it happened, if known.
    ///   - correlationID: the id of the conversation that it belongs to.
    ///   - causationID: the id of what caused it.
    ///   - metadata: whatever else comes with it.
    public init(
        receiver: StreamName, id: String, time: Timestamp? = nil, correlationID: String? = nil,
        causationID: String? = nil, metadata: [String: String] = [:]
    ) {
        self.receiver = receiver
        self.id = id
        self.time = time
        self.correlationID = correlationID
        self.causationID = causationID
        self.metadata = metadata
    }
}
