import ActorProcessing

/// The stock of one shop. It knows nothing of the others.
struct IslandStock: StreamMachine {
    struct State: Codable, Sendable, Equatable {
        var pieces = 0
        /// What is put aside, by basket.
        var reserved: [String: Int] = [:]
    }

    var initialState: State { State() }
    var stateCodec: (any StateCodec<State>)? { JSONStateCodec<State>() }

    func receive(_ message: StreamMessage<Event, Never>, in state: State) throws -> Step<State, Never> {
        guard case .event(let event) = message else { return .ignore }
        let letter = try Letter.codec.decode(event)
        let basket = Letter.basket(letter.basket)
        var next = state
        switch event.type {
        case "Delivered":
            next.pieces += letter.pieces
            return .become(next)
        case "Reserve":
            guard letter.pieces <= state.pieces else { return .stay.sending(try letter.event("Refused"), to: basket) }
            next.pieces -= letter.pieces
            next.reserved[letter.basket, default: 0] += letter.pieces
            return .become(next).sending(try letter.event("Reserved"), to: basket)
        case "Release":
            next.pieces += next.reserved.removeValue(forKey: letter.basket) ?? 0
            return .become(next)
        default:
            return .ignore
        }
    }
}
