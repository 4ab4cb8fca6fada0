import ActorProcessing
import Supervision

/// What a stream has been given, in order.
struct Fold: Codable, Sendable, Hashable {
    var indices: [Int64] = []
    var replayed = 0
}

/// One call of a handler.
struct Call: Sendable, Hashable {
    var stream: StreamName
    var indices: [Int64]
    var attempt = 0
    var isReplaying = false
    var isRetryingParked = false
}

/// Folds the indices of each stream's events and records its calls; `body` may do something before.
struct FoldHandler: StreamHandler {
    typealias Body = @Sendable (EventSpan, inout HandlerContext) async throws -> Progress

    let calls = Recorder<Call>()
    var stateCodec: (any StateCodec<Fold>)?
    let body: Body

    init(keepsState: Bool = false, _ body: @escaping Body = { _, _ in .all }) {
        stateCodec = keepsState ? JSONStateCodec() : nil
        self.body = body
    }

    var initialState: Fold { Fold() }

    func handle(_ events: EventSpan, state: inout Fold, context: inout HandlerContext) async throws -> Progress {
        calls.record(
            Call(
                stream: events.stream, indices: events.map(\.index), attempt: context.attempt,
                isReplaying: context.isReplaying, isRetryingParked: context.isRetryingParked))
        let progress = try await body(events, &context)
        switch progress {
        case .all: state.indices += events.map(\.index)
        case .through(let last): state.indices += events.map(\.index).filter { $0 <= last }
        case .ahead(let next): state.indices += events.map(\.index).filter { $0 < next }
        case .none, .park: break
        }
        if context.isReplaying { state.replayed += events.count }
        return progress
    }

    /// The indices of a stream's calls, in order.
    func spans(of stream: StreamName = Events.stream) -> [[Int64]] {
        calls.values.filter { $0.stream == stream }.map(\.indices)
    }
}
