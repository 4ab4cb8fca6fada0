import ActorProcessing
import Sharding
import Supervision
import Testing

@Suite("Machines in a reactor", .tags(.reactor), .timeLimit(.minutes(10)))
struct MachineTests {
    @Test("what a state can't take is stashed, and taken up in order by the next one")
    func stash() async throws {
        let world = World()
        let reactor = world.reactor(OrderMachine(reminder: .seconds(3600)))
        let results = Recorder<String>()
        reactor.onResults { for case .result(let row, _) in $0 { results.record(row.output.type) } }
        try await reactor.running(on: world.feed) {
            try world.append(["a", "Noise", "b"])
            try await reactor.waitUntilCaughtUp()
            #expect(try await world.position() == 3)
            #expect(try await world.state() == OrderMachine.State())
            try world.append(["Created", "c"], from: 3)
            try await reactor.waitUntilCaughtUp()
        }
        #expect(try await world.state()?.lines == ["a", "b", "c"])
        #expect(Set(results.values) == ["a", "b", "c", "Created"] && results.values.count == 4)
    }

    @Test("a stash and a timer outlive the process", .tags(.recovery))
    func restored() async throws {
        let world = World()
        for types in [["a", "b"], ["Created"]] {
            let reactor = world.reactor(OrderMachine(reminder: .seconds(3600)))
            async let end: Void = reactor.run()
            try world.append(types, from: try await world.position() ?? 0)
            try await reactor.waitUntilCaughtUp()
            try await reactor.stop()
            try await end
        }
        #expect(try await world.state()?.lines == ["a", "b"])
        var snapshot = try #require(try await world.store.snapshot(of: Events.stream, reactor: "r"))
        #expect(snapshot.timers.map(\.name) == ["remind"])
        // An hour later.
        let fence = try await world.store.takeOwnership(of: Fence.Scope(reactor: "r", partition: "0"))
        let stored = try #require(try await world.store.load(StreamQuery([Events.stream]), reactor: "r").first ?? nil)
        snapshot.timers[0].due = Timestamp(nanosecondsSince1970: 0)
        snapshot.position = stored.position.afterTurn
        var effects = OutcomeEffects()
        effects.snapshot = snapshot
        let outcome = Outcome(
            stream: Events.stream, expected: stored.position, position: stored.position.afterTurn, fence: fence,
            effects: effects)
        #expect(try await world.store.commit(OutcomeGroup([outcome]), reactor: "r") == .committed)
        let outputs = Recorder<String>()
        let last = world.reactor(OrderMachine())
        last.onOutputs { for output in $0 where output.row.output.type == "reminded" { outputs.record("reminded") } }
        try await last.running(on: world.feed) {
            let lines = try await last.ask(Events.stream, OrderMachine.Command.count, reply: Int.self)
            #expect(lines == 2)
            #expect(await outputs.values(atLeast: 1).first == "reminded")
        }
    }

    @Test("timers fire once, unless they are cancelled", arguments: [true, false])
    func timers(keepsState: Bool) async throws {
        let world = World()
        let reactor = world.reactor(OrderMachine(keepsState: keepsState))
        let outputs = Recorder<String>()
        reactor.onOutputs { for output in $0 where output.row.output.type == "reminded" { outputs.record("reminded") } }
        try await reactor.running(on: world.feed) {
            try world.append(["Created"])
            #expect(await outputs.values(atLeast: 1).first == "reminded")
            #expect(try await reactor.ask(Events.stream, OrderMachine.Command.count, reply: Int.self) == 0)
        }
        #expect(outputs.values == ["reminded"])
    }

    @Test func aTimerThatIsCancelledIsSilent() async throws {
        let world = World()
        let reactor = world.reactor(OrderMachine(reminder: .seconds(1)))
        let outputs = Recorder<String>()
        reactor.onOutputs {
            for output in $0 where output.row.output.type == "reminded" { outputs.record("\(output.stream)") }
        }
        try world.append(["Created", "Calm"])
        try await reactor.running(on: world.feed) {
            try await reactor.waitUntilCaughtUp()
            // Another stream's timer, which is due later, has fired: so has this one's.
            try world.feed.append([Events.one(Events.name(2), 0, type: "Created")])
            #expect(await outputs.values(atLeast: 1) == ["Order-2"])
        }
    }

    @Test func commandsAreAnswered() async throws {
        let world = World()
        let reactor = world.reactor(OrderMachine(reminder: .seconds(3600)))
        func ask(_ command: OrderMachine.Command) async throws -> Int {
            try await reactor.ask(Events.stream, command)
        }
        try await reactor.running(on: world.feed) {
            async let early = ask(.later)
            #expect(try await ask(.count) == 0)
            try world.append(["Created", "a", "b"])
            #expect(try await early == -1)
            try await reactor.waitUntilCaughtUp()
            #expect(try await ask(.count) == 2)
            let refused = await #expect(throws: HandlerError.self) { try await ask(.refuse) }
            #expect(refused?.code == .rejected && refused?.message == "no")
            await #expect(throws: TestFailure(number: 7)) { try await ask(.fail) }
            let unknown = await #expect(throws: HandlerError.self) {
                try await reactor.ask(Events.stream, "what?", reply: Int.self)
            }
            #expect(unknown?.code == .unsupported)
            let wrong = await #expect(throws: ReactorError.self) {
                try await reactor.ask(Events.stream, OrderMachine.Command.count, reply: String.self)
            }
            #expect(wrong?.code == .wrongReply)
            try await reactor.ask(Events.stream, OrderMachine.Command.close, reply: Void.self)
            #expect(try await ask(.count) == 2)
            #expect(try await reactor.status.parkedStreams == 0)
        }
    }

    @Test("a command to a new stream leaves the stream's beginning where it is", .tags(.recovery))
    func commandFirst() async throws {
        let world = World()
        for round in 0..<2 {
            let reactor = world.reactor(OrderMachine(reminder: .seconds(3600)))
            async let end: Void = reactor.run()
            #expect(try await reactor.ask(Events.stream, OrderMachine.Command.count, reply: Int.self) == 0)
            if round == 1 { try world.append(["Created", "a"]) }
            try await reactor.waitUntilCaughtUp()
            try await reactor.stop()
            try await end
        }
        #expect(try await world.state()?.lines == ["a"])
    }

    @Test func aPlainHandlerTakesNoCommands() async throws {
        let world = World()
        let reactor = world.reactor(FoldHandler())
        try await reactor.running(on: world.feed) {
            let error = await #expect(throws: HandlerError.self) {
                try await reactor.ask(Events.stream, 1, reply: Int.self)
            }
            #expect(error?.code == .unsupported)
        }
    }

    @Test("what can't be decoded parks the stream, what is rejected is on record")
    func dataErrors() async throws {
        let world = World()
        let reactor = world.reactor(OrderMachine(reminder: .seconds(3600)))
        let tombstones = Recorder<Int64>()
        let results = Recorder<String>()
        reactor.onResults {
            for result in $0 {
                switch result {
                case .result(let row, _): results.record(row.output.type)
                case .tombstone(let ticket, _): tombstones.record(ticket.value)
                }
            }
        }
        try await reactor.running(on: world.feed) {
            try world.feed.append(
                ["Created", "Bad", "Noise", "a", "Broken", "b"].enumerated().map {
                    try Events.one(Events.stream, Int64($0.offset), type: $0.element)
                })
            try await reactor.waitUntilCaughtUp()
            let parked = try await reactor.parkedEvents(of: Events.stream)
            #expect(parked.map(\.event.type) == ["Broken", "b"])
            let refused = await #expect(throws: HandlerError.self) {
                try await reactor.ask(Events.stream, OrderMachine.Command.count, reply: Int.self)
            }
            #expect(refused?.code == .parked)
        }
        #expect(world.store.skips(of: Events.stream, reactor: "r").map(\.indices) == [1..<2])
        #expect(try await world.state()?.lines == ["a"])
        #expect(results.values == ["Created", "a"])
        #expect(tombstones.values == [1, 4, 5])
    }

    @Test("a command that nobody will answer fails when the reactor ends")
    func unanswered() async throws {
        let world = World()
        let reactor = world.reactor(OrderMachine())
        async let end: Void = reactor.run()
        let asking = Task { try await reactor.ask(Events.stream, OrderMachine.Command.later, reply: Int.self) }
        #expect(try await reactor.ask(Events.stream, OrderMachine.Command.count, reply: Int.self) == 0)
        try await waitUntil { try await reactor.explain(Events.stream)?.position.turn ?? 0 >= 2 }
        try await reactor.stop()
        try await end
        let error = await #expect(throws: ReactorError.self) { try await asking.value }
        #expect(error?.code == .notRunning)
    }
}
