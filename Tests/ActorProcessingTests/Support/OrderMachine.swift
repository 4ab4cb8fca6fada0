import ActorProcessing
import Sharding
import Supervision

/// An order that takes lines once it is created, reminds after a while, and answers questions.
struct OrderMachine: StreamMachine {
    struct State: Codable, Sendable, Hashable {
        var isCreated = false
        var lines: [String] = []
        var reminders = 0
    }

    enum Command: Sendable {
        case count, close, refuse, later, fail
    }

    var keepsState = true
    var reminder = Duration.milliseconds(5)
    var schema = 1

    var initialState: State { State() }
    var stateCodec: (any StateCodec<State>)? { keepsState ? JSONStateCodec<State>(schema: schema) : nil }

    func decode(_ event: Event) throws -> String? {
        switch event.type {
        case "Noise": nil
        case "Broken": throw EventError(.undecodable, "broken")
        default: event.type
        }
    }

    func receive(_ message: StreamMessage<String, Command>, in state: State) throws -> Step<State, Int> {
        var next = state
        switch message {
        case .event("Created"):
            next.isCreated = true
            return .become(next).settingTimer("remind", after: reminder).emitting(Output(type: "Created"))
        case .event("Calm"):
            return Step.stay.cancellingTimer("remind")
        case .event("Bad"):
            return .reject("bad")
        case .event(let line):
            guard state.isCreated else { return .stash }
            next.lines.append(line)
            return .become(next).emitting(Output(type: line)).sending(Output(type: "sent \(line)"))
        case .timer:
            next.reminders += 1
            return .become(next).sending(Output(type: "reminded"))
        case .command(.count):
            return Step.stay.replying(state.lines.count)
        case .command(.close):
            return .stay
        case .command(.refuse):
            return .reject("no")
        case .command(.later):
            return state.isCreated ? Step.stay.replying(-1) : .stash
        case .command(.fail):
            throw TestFailure(number: 7)
        }
    }
}

extension World {
    func reactor(_ machine: OrderMachine, configuration: ReactorConfiguration = .quick) -> Reactor {
        Reactor(
            name: "r", feed: feed, machine: machine, store: store, configuration: configuration,
            runtime: .live(shards: 2))
    }

    func state(of stream: StreamName = Events.stream) async throws -> OrderMachine.State? {
        guard let snapshot = try await store.snapshot(of: stream, reactor: "r") else { return nil }
        return try JSONStateCodec<OrderMachine.State>().decode(snapshot.state)
    }

    /// Appends one event of each type to the first stream, from an index on.
    func append(_ types: [String], from first: Int64 = 0) throws {
        for (place, type) in types.enumerated() {
            try feed.append([Events.one(Events.stream, first + Int64(place), type: type)])
        }
    }
}
