import ActorProcessing

/// The world outside of the reactor: where states are published to, and confirmations sent.
///
/// What comes again after a crash is recognised: a state by its version, a confirmation by its ticket.
protocol ShopReceiver: Sendable {
    /// Takes a state, unless a newer one of its stream is here.
    func take(_ publication: Publication<ShopState>) async throws

    /// Takes confirmations in the order in which they come, but none twice.
    func take(_ results: [Resequenced]) async throws

    /// The last state of each stream.
    func states() async throws -> [StreamName: ReceivedState]

    /// The confirmations, in the order in which they came.
    func confirmations() async throws -> ConfirmationLog.Contents
}

/// A stream's state as its receiver knows it.
struct ReceivedState: Sendable, Hashable {
    var version: Int64
    var state: ShopState

    /// How many of the stream's events it is made of.
    var events: Int64 { version >> 20 }
}
