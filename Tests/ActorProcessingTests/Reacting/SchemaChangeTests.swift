import ActorProcessing
import ActorProcessingTesting
import Sharding
import Supervision
import Testing

@Suite("A state's schema is raised", .tags(.reactor, .recovery), .timeLimit(.minutes(10)))
struct SchemaChangeTests {
    private static let fired = StreamName(category: "Order", id: "fired")
    private static let pending = StreamName(category: "Order", id: "pending")
    private static let cancelled = StreamName(category: "Order", id: "cancelled")

    private func event(_ stream: StreamName, _ index: Int64, _ type: String) throws -> Event {
        try Event(stream: stream, index: index, type: type)
    }

    @Test("a timer that has fired doesn't fire again, and one that is pending does, once and at its time")
    func timers() async throws {
        try await simulate(seeds: 0..<20, configuration: GuaranteeSeeds.configuration) { simulation in
            let feed = MemoryFeed()
            let life = ReactorSimulation(simulation, source: feed, plan: FaultPlan())
            let listener = Listener()
            func start(_ schema: Int) async throws -> ReactorProcess {
                try await life.nextRun().start { run in
                    let reactor = Reactor(
                        name: "r", feed: run.feed, machine: OrderMachine(reminder: .seconds(20), schema: schema),
                        store: run.store, runtime: run.runtime, telemetry: listener)
                    reactor.onOutputs(run.delivering())
                    return reactor
                }
            }
            try feed.append([event(Self.fired, 0, "Created")])
            let first = try await start(1)
            try await simulation.advance(by: .seconds(30))
            try feed.append([event(Self.pending, 0, "Created"), event(Self.cancelled, 0, "Created")])
            try await simulation.advance(by: .seconds(5))
            try feed.append([event(Self.cancelled, 1, "Calm")])
            try await simulation.advance(by: .seconds(5))
            try await first.stop()
            // Something comes for each, so that all are loaded; replay would set every timer anew.
            for stream in [Self.fired, Self.pending] { try feed.append([event(stream, 1, "Noise")]) }
            try feed.append([event(Self.cancelled, 2, "Noise")])
            for schema in [2, 3] {
                let next = try await start(schema)
                try await simulation.advance(by: .seconds(schema == 2 ? 2 : 100))
                try await next.stop()
            }
            let delivered = life.history.entries.flatMap { entry in
                if case .delivered(let outputs) = entry.fact {
                    outputs.filter { $0.row.output.type == "reminded" }.map { ($0.stream, entry.time) }
                } else {
                    [(StreamName, RuntimeInstant)]()
                }
            }
            try #require(delivered.map(\.0) == [Self.fired, Self.pending], "seed \(simulation.seed)")
            let late = RuntimeInstant.zero.advanced(by: .seconds(50)).duration(to: delivered[1].1)
            #expect(late >= .zero && late < .seconds(2), "it was late by \(late), with seed \(simulation.seed)")
            let rebuilt = listener.events.compactMap { event in
                if case .stateRebuilt(let stream, schema: 1, _) = event { stream } else { nil }
            }
            #expect(Set(rebuilt) == [Self.fired, Self.pending, Self.cancelled])
        }
    }

    @Test("what was stashed is still stashed, and is handled once")
    func stash() async throws {
        let world = World()
        let sent = Recorder<String>()
        func live(_ schema: Int) async throws {
            let reactor = world.reactor(OrderMachine(reminder: .seconds(3600), schema: schema))
            reactor.onOutputs { group in for output in group { sent.record(output.row.output.type) } }
            async let end: Void = reactor.run()
            try await reactor.waitUntilCaughtUp()
            try await reactor.stop()
            try await end
        }
        try world.append(["early", "Noise", "earlier"])
        try await live(1)
        #expect(try await world.state()?.lines == [])
        try world.append(["Noise"], from: 3)
        try await live(2)
        try world.append(["Created", "line"], from: 4)
        try await live(3)
        #expect(sent.values.filter { $0.hasPrefix("sent") } == ["sent early", "sent earlier", "sent line"])
        #expect(try await world.state()?.lines == ["early", "earlier", "line"])
    }
}
