import Synchronization

extension Reactor {
    /// Where messages to streams go: each becomes an event of its receiver in this journal.
    ///
    /// To be called before ``run()``. A message leaves once its sender's outcome is committed, and is appended until that
    /// succeeds, also by a later run; what is there already is recognised by its id. So it is there once, behind everything that
    /// its sender has sent to the same receiver before. Without this, messages stay in the store until a run has it.
    ///
    /// A receiver that is closed, or that refuses a message for good, holds up nobody. The message is appended to the stream
    /// `{undelivered}-{receiver}` instead, with the error, the receiver and the sender in its metadata, and told as
    /// ``TelemetryEvent/messageRefused(_:from:to:_:)``. If that can't be done either, the reactor fails, and the message stays in
    /// the store.
    ///
    /// - Parameters:
    ///   - journal: where the receivers are. Reactors read it by a ``JournalFeed``.
    ///   - undelivered: the category of the streams with what couldn't be delivered; not empty, without dashes.
    public func deliverMessages(through journal: any Journal, undelivered: String = "Undelivered") {
        precondition(
            !undelivered.isEmpty && !undelivered.contains("-"),
            "'\(undelivered)' is no category: it must not be empty, and have no dashes")
        sinks.withLock { $0.route = MessageRoute(journal: journal, undelivered: undelivered) }
    }
}
