import ActorProcessing

/// Sends what follows from each event at once.
struct IslandHandler: StreamHandler {
    let shops: Int
    var initialState: Island { Island() }
    var stateCodec: (any StateCodec<Island>)? { JSONStateCodec<Island>() }

    func handle(_ events: EventSpan, state: inout Island, context: inout HandlerContext) async throws -> Progress {
        for event in events {
            for consignment in try state.take(event, of: shops) {
                context.send(
                    NewEvent(type: Island.type.arrived, data: try Island.codec.encode(consignment.word)),
                    to: consignment.receiver, for: event)
            }
        }
        return .all
    }
}
