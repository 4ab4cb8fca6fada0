/// The rules of one kind of event-sourced stream: what a command leads to, and what an event does to the state.
///
/// Pure: both functions depend on nothing but their arguments. They are called again for the same command when others have
/// appended to the stream meanwhile, and to tell the reply of a command that comes a second time.
///
/// The shape is Jérémie Chassaing's "Functional Event Sourcing Decider" (2021).
public protocol Decider<Command>: Sendable {
    /// What a stream is asked to do.
    associatedtype Command: Sendable
    /// What is known of a stream from its events.
    associatedtype State: Sendable
    /// What one event says.
    associatedtype Fact: Sendable
    /// What the caller gets when a command is accepted.
    associatedtype Reply: Sendable
    /// What the caller gets when it isn't; `Never` for a decider that accepts everything.
    associatedtype Rejection: Error
    /// Turns facts into the data of events and back.
    associatedtype Codec: EventCodec<Fact> & Sendable

    /// The name of this kind of decider, under which its snapshots are kept.
    var name: String { get }

    /// The state of a stream without events.
    var initial: State { get }

    /// What a command leads to in a state.
    ///
    /// - Throws: the rejection; nothing is appended, and only the caller is told.
    func decide(_ command: Command, _ state: State) throws(Rejection) -> Ruling<Fact, Reply>

    /// The state after one more fact. It can't refuse: the fact has happened.
    func evolve(_ state: State, _ fact: Fact) -> State

    /// The type of the event that says this fact.
    func type(of fact: Fact) -> String

    /// Turns facts into the data of events and back.
    var codec: Codec { get }

    /// Turns states into the data of snapshots and back; `nil` for no snapshots.
    var snapshotCodec: (any StateCodec<State>)? { get }
}

extension Decider {
    /// No snapshots.
    public var snapshotCodec: (any StateCodec<State>)? { nil }
}

extension Decider where Fact: Codable, Codec == JSONCodec<Fact> {
    /// Facts as JSON.
    public var codec: JSONCodec<Fact> { JSONCodec() }
}
