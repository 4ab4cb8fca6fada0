/// A message as a handler or machine has said it; it gets its name when its outcome is made.
struct SentMessage: Sendable {
    private let event: NewEvent
    private let receiver: StreamName
    /// The index of the event whose turn it is; `nil` when a timer or a command has it.
    private let trigger: Int64?
    /// Its place among the messages of its trigger, from 0.
    private let ordinal: Int

    /// A message.
    ///
    /// - Parameters:
    ///   - cause: the event that has led to it.
    ///   - trigger: the index of the event whose turn it is: another one than the cause's for an event that was stashed.
    ///   - earlier: the messages of the same outcome that were said before.
    init(
        _ event: NewEvent, to receiver: StreamName, cause: Event?, trigger: Int64?, after earlier: [SentMessage]
    ) {
        var event = event
        if let cause {
            event.causationID = event.causationID ?? cause.id ?? "\(cause.stream)#\(cause.index)"
            event.correlationID = event.correlationID ?? cause.correlationID
        }
        self.event = event
        self.receiver = receiver
        self.trigger = trigger
        ordinal = earlier.last { $0.trigger == trigger }.map { $0.ordinal + 1 } ?? 0
    }

    /// The row of the outbox that it becomes.
    func row(_ ordinal: Int, of sender: StreamName, at position: StreamPosition, reactor: String) -> OutputRow {
        let id = event.id ?? id(of: sender, at: position, reactor: reactor)
        return OutputRow(
            position: position, ordinal: ordinal, output: Output(type: event.type, data: event.data),
            envelope: MessageEnvelope(
                receiver: receiver, id: id, time: event.time, correlationID: event.correlationID,
                causationID: event.causationID, metadata: event.metadata))
    }

    /// Follows from what is the same however often the work is done: an event is handled once, so its index is a name; a timer
    /// or command has none, but no two outcomes have the same position.
    private func id(of sender: StreamName, at position: StreamPosition, reactor: String) -> String {
        // Without slashes in the first part, no two names run into each other.
        let reactor = reactor.map { $0 == "%" ? "%25" : $0 == "/" ? "%2F" : String($0) }.joined()
        return "\(reactor)/\(sender)#\(trigger.map { "\($0)" } ?? "\(position)")/\(ordinal)"
    }
}
