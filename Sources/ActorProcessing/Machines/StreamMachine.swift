/// A state machine for the events, timers and commands of a stream: a pure, synchronous function of state and message.
///
/// What a state can't take yet it stashes: the message comes again, in order, once the state has changed.
/// The idea of state and stash is that of Akka's FSM and Stash, as a value.
public protocol StreamMachine<State>: Sendable {
    /// What is remembered of one stream.
    associatedtype State: Sendable
    /// What an event means to the machine.
    associatedtype Input: Sendable = Event
    /// What may be asked of a stream from outside; `Never` for nothing.
    associatedtype Command: Sendable = Never
    /// What a command is answered with.
    associatedtype Reply: Sendable = Never

    /// The state of a stream before its first message.
    var initialState: State { get }

    /// How a state is kept in the store; `nil` for a state that lives as long as the process.
    var stateCodec: (any StateCodec<State>)? { get }

    /// What an event means; `nil` when it means nothing to the machine.
    ///
    /// - Throws: a data error parks the stream, as any permanent error does.
    func decode(_ event: Event) throws -> Input?

    /// What a message does to a state.
    ///
    /// - Throws: whatever supervision is to decide about, as of a handler. To a command an error is its answer.
    func receive(_ message: StreamMessage<Input, Command>, in state: State) throws -> Step<State, Reply>
}

extension StreamMachine {
    /// The state lives as long as the process.
    public var stateCodec: (any StateCodec<State>)? { nil }
}

extension StreamMachine where Input == Event {
    /// The machine takes events as they are.
    public func decode(_ event: Event) throws -> Event? { event }
}

/// What a machine is given.
public enum StreamMessage<Input: Sendable, Command: Sendable>: Sendable {
    /// A fact, in the order of its stream.
    case event(Input)
    /// A timer that the machine has set is due.
    case timer(String)
    /// Somebody asks something of the stream.
    case command(Command)
}
