/// Messages to one receiver that are to be appended to it together, in order, each with another id.
struct MessageBatch: Sendable, Hashable {
    var receiver: StreamName
    var messages: [OutgoingMessage]
    /// How often the first of them has failed before, in a row.
    var failures: Int
}
