import ActorProcessing

/// Opens with its first delivery, before which everything is stashed; sends some things at once, and others when a timer says so.
struct IslandMachine: StreamMachine {
    struct State: Codable, Sendable {
        var island = Island()
        var isOpen = false
        /// What the timer is for, with its receiver.
        var waiting: [[UInt8]] = []
        var receivers: [String] = []
    }

    let shops: Int
    var initialState: State { State() }
    var stateCodec: (any StateCodec<State>)? { JSONStateCodec<State>() }

    func receive(_ message: StreamMessage<Event, Never>, in state: State) throws -> Step<State, Never> {
        var next = state
        switch message {
        case .event(let event):
            if !state.isOpen, event.type != Island.type.delivered { return .stash }
            next.isOpen = true
            let consignments = try next.island.take(event, of: shops)
            if consignments.isEmpty { return .become(next) }
            // Nothing overtakes what waits.
            let isLater = !next.waiting.isEmpty || event.index % 3 == 0
            for consignment in consignments {
                next.waiting.append(try Island.codec.encode(consignment.word))
                next.receivers.append(consignment.receiver.value)
            }
            guard !isLater else { return .become(next).settingTimer("later", after: .milliseconds(300)) }
            return try sendingAll(next)
        case .timer: return try sendingAll(next)
        }
    }

    private func sendingAll(_ state: State) throws -> Step<State, Never> {
        var next = state
        (next.waiting, next.receivers) = ([], [])
        return try zip(state.waiting, state.receivers).reduce(.become(next)) { step, message in
            step.sending(NewEvent(type: Island.type.arrived, data: message.0), to: try StreamName(message.1))
        }
    }
}
