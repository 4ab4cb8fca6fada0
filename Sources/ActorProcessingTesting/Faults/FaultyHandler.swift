public import ActorProcessing
import Supervision

/// A handler that errs on purpose, around one that doesn't, and writes its calls down.
///
/// ``ReactorRun`` makes it.
public struct FaultyHandler<Wrapped: StreamHandler>: StreamHandler {
    /// The handler that does the work.
    public let wrapped: Wrapped
    let faults: CallFaults

    public var initialState: Wrapped.State { wrapped.initialState }
    public var stateCodec: (any StateCodec<Wrapped.State>)? { wrapped.stateCodec }

    public nonisolated(nonsending) func handle(
        _ events: EventSpan, state: inout Wrapped.State, context: inout HandlerContext
    ) async throws -> Progress {
        // What is replayed was handled before: its faults have been met.
        if context.isReplaying {
            return try await wrapped.handle(events, state: &state, context: &context)
        }
        let call = faults.began(events, context)
        do {
            let progress = try await attempt(events, &state, &context)
            faults.ended(call, .progress(progress))
            return progress
        } catch {
            faults.ended(call, .failed(error))
            throw error
        }
    }

    private nonisolated(nonsending) func attempt(
        _ events: EventSpan, _ state: inout Wrapped.State, _ context: inout HandlerContext
    ) async throws -> Progress {
        guard faults.concern(events.stream) else {
            return try await wrapped.handle(events, state: &state, context: &context)
        }
        if let progress = try await faults.befall(context) { return progress }
        let failing = faults.events.failing(of: events)
        let isLate = faults.dice.happens(faults.plan.late)
        if let failing, !isLate { throw InjectedFault("handling \(failing) failed") }
        guard failing == nil, let end = faults.partialEnd(of: events) else {
            let progress = try await wrapped.handle(events, state: &state, context: &context)
            if let failing { throw InjectedFault("handling \(failing) failed late") }
            return progress
        }
        let progress = try await wrapped.handle(events.first(end), state: &state, context: &context)
        guard case .all = progress else { return progress }
        return .through(index: events[end - 1].index)
    }
}
