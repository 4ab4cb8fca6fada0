/// Brings messages into a journal.
struct MessageRoute: Sendable {
    let journal: any Journal
    /// The category of the streams in which messages are set aside that their receivers can't take.
    let undelivered: String

    /// Appends a batch to its receiver; what was appended before is recognised.
    func deliver(_ batch: MessageBatch) async -> MessageReport {
        var report = MessageReport(receiver: batch.receiver)
        do {
            do {
                try await append(batch.messages.map(\.event), to: batch.receiver)
                report.done = batch.messages
            } catch let error where Self.isRefusal(error) {
                // Some of them are there already, or one can't be taken: each has to stand for itself.
                for message in batch.messages { try await deliver(message, &report) }
            }
        } catch {
            report.failure = error
        }
        return report
    }

    private func deliver(_ message: OutgoingMessage, _ report: inout MessageReport) async throws {
        do {
            try await append([message.event], to: message.receiver)
        } catch let error where Self.isRefusal(error) {
            try await setAside(message, error)
            report.refused.append((message, error))
        }
        report.done.append(message)
    }

    private func append(_ events: [NewEvent], to stream: StreamName) async throws {
        try await journal.append(events, to: stream, expected: .any)
    }

    /// The receiver will never take it. It stays on record, and those behind it go on.
    private func setAside(_ message: OutgoingMessage, _ error: any Error) async throws {
        var event = message.event
        event.metadata["undelivered"] = "\(error)"
        event.metadata["receiver"] = message.receiver.value
        event.metadata["sender"] = message.sender.value
        try await append([event], to: StreamName(category: undelivered, id: message.receiver.value))
    }

    /// Whether an error is about what was appended, and not about the journal.
    private static func isRefusal(_ error: any Error) -> Bool {
        switch error {
        case let error as JournalError: [.streamClosed, .duplicateID, .invalid].contains(error.code)
        default: error is EventError
        }
    }
}
