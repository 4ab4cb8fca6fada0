public import ActorProcessing

/// A machine that throws on purpose, around one that doesn't.
///
/// Only faults that lie in events apply: a machine is synchronous, so that nothing else can befall it.
/// ``ReactorRun`` makes it.
public struct FaultyMachine<Wrapped: StreamMachine>: StreamMachine {
    /// The machine that does the work.
    public let wrapped: Wrapped
    let faults: CallFaults

    public var initialState: Wrapped.State { wrapped.initialState }
    public var stateCodec: (any StateCodec<Wrapped.State>)? { wrapped.stateCodec }

    public func decode(_ event: Event) throws -> Wrapped.Input? {
        if faults.concern(event.stream), let failing = faults.events.failing(of: CollectionOfOne(event)) {
            throw InjectedFault("handling \(failing) failed")
        }
        return try wrapped.decode(event)
    }

    public func receive(
        _ message: StreamMessage<Wrapped.Input, Wrapped.Command>, in state: Wrapped.State
    ) throws -> Step<Wrapped.State, Wrapped.Reply> { try wrapped.receive(message, in: state) }
}
