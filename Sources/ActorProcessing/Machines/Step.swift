/// What a machine does about one message: how its state goes on, and what is to happen besides.
public struct Step<State: Sendable, Reply: Sendable>: Sendable {
    enum Move: Sendable {
        case stay
        case become(State)
        case stash
        case ignore
        case reject(String)
    }

    enum TimerChange: Sendable {
        case set(String, after: Duration)
        case cancel(String)
    }

    var move: Move
    var results: [Output] = []
    var outputs: [Output] = []
    var messages: [(event: NewEvent, receiver: StreamName)] = []
    var timers: [TimerChange] = []
    var reply: Reply?
    var publishes = false
    var writes: [ViewWrite] = []

    /// The message is taken; the state stays.
    public static var stay: Step { Step(move: .stay) }

    /// The message is taken; this is the state from now on. Stashed messages come again, in order.
    public static func become(_ state: State) -> Step { Step(move: .become(state)) }

    /// The message can't be taken in this state: it is kept until the next one.
    public static var stash: Step { Step(move: .stash) }

    /// The message means nothing here and is dropped on purpose.
    public static var ignore: Step { Step(move: .ignore) }

    /// The message is refused, for the record. A command that is refused fails with this reason.
    public static func reject(_ reason: String) -> Step { Step(move: .reject(reason)) }

    /// As well, a result that leaves through the resequencer, in the order in which the events arrived.
    public func emitting(_ output: Output) -> Step { with { $0.results.append(output) } }

    /// As well, an output that leaves as soon as the outcome is committed.
    public func sending(_ output: Output) -> Step { with { $0.outputs.append(output) } }

    /// As well, a message to a stream, of which it becomes an event once the outcome is committed.
    ///
    /// What ``HandlerContext/send(_:to:for:)`` says of messages holds here too.
    public func sending(_ message: NewEvent, to stream: StreamName) -> Step {
        with { $0.messages.append((message, stream)) }
    }

    /// As well, a write into a view of the user's own, in the transaction that commits the outcome.
    public func writing(_ write: @escaping ViewWrite) -> Step { with { $0.writes.append(write) } }

    /// As well, a timer: unless it is cancelled or set again, the machine receives its name after `delay`.
    public func settingTimer(_ name: String, after delay: Duration) -> Step {
        with { $0.timers.append(.set(name, after: delay)) }
    }

    /// As well, a timer that is no longer wanted.
    public func cancellingTimer(_ name: String) -> Step { with { $0.timers.append(.cancel(name)) } }

    /// As well, the answer to the command.
    public func replying(_ reply: Reply) -> Step { with { $0.reply = reply } }

    /// As well, the state is to be published, debounced.
    public var publishing: Step { with { $0.publishes = true } }

    private func with(_ change: (inout Step) -> Void) -> Step {
        var copy = self
        change(&copy)
        return copy
    }
}
