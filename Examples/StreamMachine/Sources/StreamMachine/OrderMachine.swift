import ActorProcessing

/// An order: nothing can be added to it before it is created, and it is reminded of its payment.
struct OrderMachine: StreamMachine {
    enum State: Sendable, Codable {
        case initialising
        case open(products: [String])
        case paid(products: [String])
    }

    enum Command: Sendable {
        case list
        case cancel
    }

    /// How long an order may be unpaid before somebody is reminded.
    let patience: Duration

    var initialState: State { .initialising }

    /// Kept in the store with what is stashed and which timers are set, so that an idle order takes no memory.
    var stateCodec: (any StateCodec<State>)? { JSONStateCodec<State>() }

    func receive(_ message: StreamMessage<Event, Command>, in state: State) -> Step<State, String> {
        switch (message, state) {
        case (.event(let event), .initialising) where event.type == "OrderCreated":
            return .become(.open(products: [])).settingTimer("payment", after: patience)
        case (.event, .initialising):
            return .stash
        case (.event(let event), .open(let products)) where event.type == "ProductAdded":
            return .become(.open(products: products + [String(decoding: event.data, as: UTF8.self)]))
        case (.event(let event), .open(let products)) where event.type == "PaymentReceived":
            return .become(.paid(products: products)).cancellingTimer("payment")
                .sending(Output(type: "Ship", data: Array(products.joined(separator: ", ").utf8)))
        case (.timer, .open):
            return .stay.sending(Output(type: "Remind"))
        case (.command(.list), .initialising):
            return .reject("there is no such order yet")
        case (.command(.list), .open(let products)):
            return .stay.replying("open, with \(products)")
        case (.command(.list), .paid(let products)):
            return .stay.replying("paid, with \(products)")
        case (.command(.cancel), _):
            return .reject("this shop doesn't cancel orders")
        case (.event, _), (.timer, _):
            return .ignore
        }
    }
}
