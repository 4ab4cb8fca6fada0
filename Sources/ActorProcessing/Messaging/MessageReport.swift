/// What has become of a ``MessageBatch``.
struct MessageReport: Sendable {
    let receiver: StreamName
    /// The messages from its front that are done: appended to the receiver, now or before, or set aside.
    var done: [OutgoingMessage] = []
    /// Those of them that were set aside, and why.
    var refused: [(message: OutgoingMessage, error: any Error)] = []
    /// Why the rest isn't done.
    var failure: (any Error)?
}
