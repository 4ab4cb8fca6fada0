import ActorProcessing

@testable import demo_reactor

/// A receiver that tells when it is given states.
struct WatchedReceiver: ShopReceiver {
    private let receiver: any ShopReceiver
    private let published: @Sendable () -> Void

    init(_ receiver: any ShopReceiver, published: @escaping @Sendable () -> Void) {
        self.receiver = receiver
        self.published = published
    }

    func take(_ publication: Publication<ShopState>) async throws {
        try await receiver.take(publication)
        published()
    }

    func take(_ results: [Resequenced]) async throws { try await receiver.take(results) }
    func states() async throws -> [StreamName: ReceivedState] { try await receiver.states() }
    func confirmations() async throws -> ConfirmationLog.Contents { try await receiver.confirmations() }
}
