import ActorProcessingTesting
import Sharding
import Supervision
import Testing

@testable import ActorProcessing

@Suite("Messages to streams", .tags(.reactor), .timeLimit(.minutes(10)))
struct MessagingTests {
    private let world = World()
    private let journal = InMemoryJournal()
    private let receiver = StreamName(category: "Shop", id: "north")
    private let scope = Fence.Scope(reactor: "r", partition: "0")

    /// Sends one message for each event: its type is the event's index.
    private var handler: FoldHandler {
        FoldHandler(keepsState: true) { [receiver] events, context in
            for event in events { context.send(NewEvent(type: "\(event.index)"), to: receiver, for: event) }
            return .all
        }
    }

    private func events(of stream: StreamName) async throws -> [Event] {
        let batch = try await journal.events(of: stream, upTo: ReadLimit(events: 1000, bytes: 1 << 20))
        return (0..<batch.count).map { batch[$0] }
    }

    private func types(of stream: StreamName) async throws -> [String] { try await events(of: stream).map(\.type) }

    @Test func `a message becomes an event of its receiver, with the event that caused it`() async throws {
        let own = NewEvent(
            type: "Own", data: [1, 2], time: Timestamp(nanosecondsSince1970: 5), id: "mine", correlationID: "k",
            causationID: "c", metadata: ["a": "b"])
        let handler = FoldHandler { [receiver] events, context in
            for event in events {
                context.send(NewEvent(type: "First", data: [7]), to: receiver, for: event)
                context.send(Output(type: "an output"))
                context.send(NewEvent(type: "Second"), to: receiver, for: event)
                context.send(own, to: StreamName(category: "Shop", id: "south"), for: event)
            }
            return .all
        }
        let reactor = world.reactor(handler)
        let outputs = Recorder<StreamOutput>()
        reactor.onOutputs { for output in $0 { outputs.record(output) } }
        reactor.deliverMessages(through: journal)
        try await reactor.running(on: world.feed) {
            try world.feed.append([
                Event(stream: Events.stream, index: 0, type: "A", id: "event 0", correlationID: "talk"),
                Event(stream: Events.stream, index: 1, type: "B"),
            ])
            try await reactor.waitUntilCaughtUp()
            let status = try await reactor.status
            #expect(status.deliveredMessages == 6 && status.delivered == 2)
            #expect(status.messagesToDeliver == 0 && status.refusedMessages == 0)
        }
        let north = try await events(of: receiver)
        #expect(north.map(\.type) == ["First", "Second", "First", "Second"])
        #expect(north.map(\.id) == ["r/Order-1#0/0", "r/Order-1#0/1", "r/Order-1#1/0", "r/Order-1#1/1"])
        #expect(north.map(\.causationID) == ["event 0", "event 0", "Order-1#1", "Order-1#1"])
        #expect(north.map(\.correlationID) == ["talk", "talk", nil, nil])
        #expect(north[0].data == [7] && north[0].time == nil)
        let south = try await events(of: StreamName("Shop-south"))
        #expect(south.count == 1, "the second one has the same id")
        #expect(south[0].type == "Own" && south[0].data == [1, 2] && south[0].id == "mine")
        #expect(south[0].correlationID == "k" && south[0].causationID == "c" && south[0].metadata == ["a": "b"])
        #expect(south[0].time == Timestamp(nanosecondsSince1970: 5))
        #expect(outputs.values.map(\.row.output.type) == ["an output", "an output"])
        #expect(try await world.store.outputs(of: scope, limit: 9).isEmpty)
    }

    @Test func `without a journal messages wait in the store for a run that has one`() async throws {
        let first = world.reactor(handler)
        first.onOutputs { _ in Issue.record("a message isn't an output") }
        try world.feed.append(Events.range(Events.stream, 0..<3))
        _ = try await first.runUntilCaughtUp()
        #expect(try await world.store.outputs(of: scope, limit: 9).count == 3)
        let second = world.reactor(handler)
        second.deliverMessages(through: journal)
        try world.feed.append(Events.range(Events.stream, 3..<5))
        _ = try await second.runUntilCaughtUp()
        #expect(try await types(of: receiver) == ["0", "1", "2", "3", "4"])
        #expect(try await world.store.outputs(of: scope, limit: 9).isEmpty)
    }

    @Test func `a stream that is handled again by a reactor that remembers nothing sends nothing new`() async throws {
        try world.feed.append(Events.range(Events.stream, 0..<20))
        for store in [InMemoryStore(), InMemoryStore()] {
            let reactor = world.reactor(handler, store: store)
            reactor.deliverMessages(through: journal)
            _ = try await reactor.runUntilCaughtUp()
        }
        #expect(try await types(of: receiver) == (0..<20).map { "\($0)" })
    }

    @Test func `a closed receiver gets nothing and holds up nobody; its messages are set aside`() async throws {
        let closed = StreamName(category: "Shop", id: "closed")
        try await journal.append([NewEvent(type: "Opened")], to: closed, expected: .none)
        try await journal.close(closed, expected: .any, .archive)
        let listener = Listener()
        let handler = FoldHandler { [receiver] events, context in
            for event in events {
                context.send(NewEvent(type: "\(event.index)", data: [9]), to: closed, for: event)
                context.send(NewEvent(type: "\(event.index)"), to: receiver, for: event)
            }
            return .all
        }
        let reactor = world.reactor(handler, telemetry: listener)
        reactor.deliverMessages(through: journal, undelivered: "Dead")
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<3))
            try await reactor.waitUntilCaughtUp()
            let status = try await reactor.status
            #expect(status.refusedMessages == 3 && status.deliveredMessages == 3)
        }
        #expect(try await types(of: receiver) == ["0", "1", "2"])
        #expect(try await types(of: closed) == ["Opened"])
        let dead = try await events(of: StreamName("Dead-Shop-closed"))
        #expect(dead.map(\.type) == ["0", "1", "2"] && dead.map(\.id) == (0..<3).map { "r/Order-1#\($0)/0" })
        #expect(dead[0].data == [9] && dead[0].metadata["undelivered"]?.contains("closed (archived)") == true)
        #expect(dead[0].metadata["receiver"] == "Shop-closed" && dead[0].metadata["sender"] == "Order-1")
        let refusals = listener.events.compactMap { event in
            if case .messageRefused(let id, let sender, let receiver, _) = event {
                "\(id) \(sender) \(receiver)"
            } else {
                nil
            }
        }
        #expect(refusals == (0..<3).map { "r/Order-1#\($0)/0 Order-1 Shop-closed" })
        #expect(try await world.store.outputs(of: scope, limit: 9).isEmpty)
    }

    @Test func `what can't be set aside either ends the reactor, and stays in the store`() async throws {
        for name in ["Shop-north", "Undelivered-Shop-north"] {
            try await journal.close(StreamName(name), expected: .any, .delete)
        }
        try world.feed.append(Events.range(Events.stream, 0..<2))
        let reactor = world.reactor(handler)
        reactor.deliverMessages(through: journal)
        let error = await reactor.failure()
        #expect((error as? JournalError)?.code == .streamClosed, "\(String(describing: error))")
        #expect(try await world.store.outputs(of: scope, limit: 9).count == 2)
    }

    @Test func `messages that wait hold the intake back, and leave when the journal answers again`() async throws {
        let journal = SickJournal(journal)
        let configuration = ReactorConfiguration.quick.with {
            $0.maximumOutputsWaiting = 10
            $0.maximumBatchEvents = 5
            $0.maximumSpanEvents = 5
        }
        let reactor = world.reactor(handler, configuration: configuration)
        reactor.deliverMessages(through: journal)
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<100))
            while try await !reactor.status.isPaused {
                _ = await journal.attempts.values(atLeast: journal.attempts.values.count + 1)
            }
            #expect(try await reactor.status.messagesToDeliver >= 10)
            journal.heal()
            try await reactor.waitUntilCaughtUp()
            #expect(try await !reactor.status.isPaused)
        }
        #expect(try await types(of: receiver) == (0..<100).map { "\($0)" })
    }
}
