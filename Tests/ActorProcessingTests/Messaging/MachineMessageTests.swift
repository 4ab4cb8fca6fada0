import ActorProcessingTesting
import Sharding
import Supervision
import Testing

@testable import ActorProcessing

@Suite("Messages of machines", .tags(.reactor), .timeLimit(.minutes(10)))
struct MachineMessageTests {
    /// Sends what it has been told, once it is open; says that it has stashed something, and that its time has come.
    private struct Teller: StreamMachine {
        struct State: Codable, Sendable {
            var isOpen = false
        }

        let receiver = StreamName(category: "Shop", id: "north")
        var initialState: State { State() }
        var stateCodec: (any StateCodec<State>)? { JSONStateCodec<State>() }

        func receive(_ message: StreamMessage<Event, String>, in state: State) -> Step<State, String> {
            switch message {
            case .event(let event) where event.type == "Opened":
                .become(State(isOpen: true)).sending(NewEvent(type: "open"), to: receiver)
                    .settingTimer("time", after: .milliseconds(1))
            case .event where !state.isOpen: .stash.sending(NewEvent(type: "wait"), to: receiver)
            case .event(let event):
                .stay.sending(NewEvent(type: event.type), to: receiver).sending(NewEvent(type: "!"), to: receiver)
            case .command(let text): .stay.replying("told").sending(NewEvent(type: text), to: receiver)
            case .timer(let name): .stay.sending(NewEvent(type: name), to: receiver)
            }
        }
    }

    private let world = World()
    private let journal = InMemoryJournal()

    private func reactor() -> Reactor {
        let reactor = Reactor(
            name: "a/b%", feed: world.feed, machine: Teller(), store: world.store, configuration: .quick,
            runtime: .live(shards: 2))
        reactor.deliverMessages(through: journal)
        return reactor
    }

    private func events() async throws -> [Event] {
        let batch = try await journal.events(of: Teller().receiver, upTo: ReadLimit(events: 1000, bytes: 1 << 20))
        return (0..<batch.count).map { batch[$0] }
    }

    private func waitForEvents(_ count: Int) async throws {
        while true {
            // Before they are counted, so that none comes unnoticed.
            let end = try await journal.end()
            if try await events().count >= count { return }
            try await journal.waitForEvents(from: end)
        }
    }

    @Test func `what is stashed and taken later sends at both times`() async throws {
        let reactor = reactor()
        try await reactor.running(on: world.feed) {
            try world.feed.append([Events.one(0, type: "a"), Events.one(1, type: "b"), Events.one(2, type: "Opened")])
            try await waitForEvents(8)
        }
        let events = try await self.events()
        #expect(events.map(\.type) == ["wait", "wait", "open", "a", "!", "b", "!", "time"])
        let name = "a%2Fb%25/Order-1"
        #expect(
            events.prefix(7).map(\.id) == [
                "\(name)#0/0", "\(name)#1/0", "\(name)#2/0", "\(name)#2/1", "\(name)#2/2", "\(name)#2/3", "\(name)#2/4",
            ])
        #expect(
            events.map(\.causationID) == ["#0", "#1", "#2", "#0", "#0", "#1", "#1"].map { "Order-1\($0)" } + [nil])
    }

    @Test func `timers and commands send under the position of their outcome`() async throws {
        let reactor = reactor()
        try await reactor.running(on: world.feed) {
            try world.feed.append([Events.one(0, type: "Opened")])
            try await reactor.waitUntilCaughtUp()
            #expect(try await reactor.ask(Events.stream, "hello", reply: String.self) == "told")
            #expect(try await reactor.ask(Events.stream, "again", reply: String.self) == "told")
            try await waitForEvents(4)
        }
        let ids = try await self.events().compactMap(\.id)
        #expect(ids == ["#0/0", "#1.1/0", "#1.2/0", "#1.3/0"].map { "a%2Fb%25/Order-1\($0)" })
    }
}

extension Events {
    fileprivate static func one(_ index: Int64, type: String) throws -> Event { try one(stream, index, type: type) }
}
