import ActorProcessing

/// Remembers the last temperature and how many there were.
struct Thermometer: StreamHandler {
    struct State: Sendable {
        var degrees = 0
        var readings = 0
    }

    var initialState: State { State() }

    nonisolated(nonsending) func handle(
        _ events: EventSpan, state: inout State, context: inout HandlerContext
    ) async throws -> Progress {
        for event in events {
            guard let degrees = Int(String(decoding: event.data, as: UTF8.self)) else {
                return .park(reason: "\(event) holds no number")
            }
            state.degrees = degrees
            state.readings += 1
        }
        return .all
    }
}
