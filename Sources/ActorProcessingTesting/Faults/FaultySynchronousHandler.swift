public import ActorProcessing

/// A handler that errs on purpose, around one that never suspends, and writes its calls down.
///
/// It throws, says that it isn't ready, asks to be parked, or does a part; what needs time can't befall such a handler.
/// ``ReactorRun`` makes it.
public struct FaultySynchronousHandler<Wrapped: SynchronousStreamHandler>: SynchronousStreamHandler {
    /// The handler that does the work.
    public let wrapped: Wrapped
    let faults: CallFaults

    public var initialState: Wrapped.State { wrapped.initialState }
    public var stateCodec: (any StateCodec<Wrapped.State>)? { wrapped.stateCodec }

    public func handle(
        _ events: EventSpan, state: inout Wrapped.State, context: inout HandlerContext
    ) throws -> Progress {
        // What is replayed was handled before: its faults have been met.
        if context.isReplaying { return try wrapped.handle(events, state: &state, context: &context) }
        let call = faults.began(events, context)
        do {
            let progress = try attempt(events, &state, &context)
            faults.ended(call, .progress(progress))
            return progress
        } catch {
            faults.ended(call, .failed(error))
            throw error
        }
    }

    private func attempt(
        _ events: EventSpan, _ state: inout Wrapped.State, _ context: inout HandlerContext
    ) throws -> Progress {
        guard faults.concern(events.stream) else {
            return try wrapped.handle(events, state: &state, context: &context)
        }
        if let progress = faults.answer() { return progress }
        let failing = faults.events.failing(of: events)
        if let failing, !faults.dice.happens(faults.plan.late) { throw InjectedFault("handling \(failing) failed") }
        guard failing == nil, let end = faults.partialEnd(of: events) else {
            let progress = try wrapped.handle(events, state: &state, context: &context)
            if let failing { throw InjectedFault("handling \(failing) failed late") }
            return progress
        }
        let progress = try wrapped.handle(events.first(end), state: &state, context: &context)
        guard case .all = progress else { return progress }
        return .through(index: events[end - 1].index)
    }
}
