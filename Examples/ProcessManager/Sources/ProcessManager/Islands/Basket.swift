import ActorProcessing

/// An order of things that lie in several shops: all of them, or none.
///
/// Asking: the shops answer. Then complete when all have reserved; or cancelled when one refuses, and what the others have reserved,
/// or will have, is released.
struct Basket: StreamMachine {
    enum Phase: String, Codable, Sendable { case asking, complete, cancelled }

    struct State: Codable, Sendable, Equatable {
        var phase = Phase.asking
        /// The pieces wanted, by shop.
        var wanted: [String: Int] = [:]
        var reserved: Set<String> = []
    }

    static let wishes = JSONCodec<[String: Int]>()

    var initialState: State { State() }
    var stateCodec: (any StateCodec<State>)? { JSONStateCodec<State>() }

    func receive(_ message: StreamMessage<Event, Never>, in state: State) throws -> Step<State, Never> {
        guard case .event(let event) = message else { return .ignore }
        if event.type == "Placed" { return try place(try Self.wishes.decode(event), String(event.stream.id)) }
        let letter = try Letter.codec.decode(event)
        var next = state
        switch (event.type, state.phase) {
        case ("Reserved", .asking):
            next.reserved.insert(letter.shop)
            if next.reserved.count == next.wanted.count { next.phase = .complete }
            return .become(next)
        case ("Reserved", .cancelled):
            return .stay.sending(try letter.event("Release"), to: Letter.shop(letter.shop))
        case ("Refused", .asking):
            next.phase = .cancelled
            next.reserved = []
            return try state.reserved.sorted().reduce(.become(next)) { step, shop in
                let release = Letter(basket: letter.basket, shop: shop, pieces: state.wanted[shop] ?? 0)
                return step.sending(try release.event("Release"), to: Letter.shop(shop))
            }
        default:
            return .ignore
        }
    }

    private func place(_ wanted: [String: Int], _ id: String) throws -> Step<State, Never> {
        try wanted.sorted { $0.key < $1.key }.reduce(.become(State(wanted: wanted))) { step, wish in
            let letter = Letter(basket: id, shop: wish.key, pieces: wish.value)
            return step.sending(try letter.event("Reserve"), to: Letter.shop(wish.key))
        }
    }
}
