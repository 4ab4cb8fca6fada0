import ActorProcessing

/// What the shop has come to, as far as it is kept anywhere.
struct ShopRecord: Sendable {
    var received: [StreamName: ReceivedState]
    var confirmations: ConfirmationLog.Contents
    var sales: [Int: Sales]
    var parked: [ParkedStream]

    var states: [StreamName: ShopState] { received.mapValues(\.state) }
}
