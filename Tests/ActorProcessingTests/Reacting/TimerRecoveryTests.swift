import ActorProcessing
import ActorProcessingTesting
import Sharding
import Supervision
import Testing

/// Sets a timer for as many seconds as each event's one byte of data says, minutes above 200, and tells when it fires.
private struct Alarms: StreamMachine {
    var initialState: Int { 0 }
    var stateCodec: (any StateCodec<Int>)? { JSONStateCodec<Int>() }

    static func delay(_ event: Event) -> Duration {
        let number = Int(event.data.first ?? 0)
        return number > 200 ? .seconds((number - 200) * 60) : .seconds(number)
    }

    func receive(_ message: StreamMessage<Event, Never>, in state: Int) throws -> Step<Int, Never> {
        switch message {
        case .event(let event): .become(state + 1).settingTimer("alarm \(event.index)", after: Self.delay(event))
        case .timer(let name): .become(state).sending(Output(type: name))
        }
    }
}

@Suite("Timers after a restart", .tags(.reactor, .recovery), .timeLimit(.minutes(10)))
struct TimerRecoveryTests {
    /// When each alarm was set and rang, as the store committed it, and from when until when a process was there.
    private struct Log {
        var set: [String: RuntimeInstant] = [:]
        var rang: [String: [RuntimeInstant]] = [:]
        var lives: [(from: RuntimeInstant, to: RuntimeInstant)] = []

        init(_ history: History, end: RuntimeInstant) {
            for entry in history.entries {
                switch entry.fact {
                case .started: lives.append((entry.time, end))
                case .crashed: if !lives.isEmpty { lives[lives.count - 1].to = entry.time }
                case .committed(let outcome):
                    for row in outcome.effects?.outputs ?? [] {
                        rang["\(outcome.stream) \(row.output.type)", default: []].append(entry.time)
                    }
                    if outcome.position.turn == 0 {
                        let first = max(0, outcome.expected.nextIndex)
                        for index in first..<outcome.position.nextIndex {
                            set["\(outcome.stream) alarm \(index)"] = entry.time
                        }
                    }
                default: break
                }
            }
        }

        /// When something that was due then could have happened at the earliest.
        func earliest(_ due: RuntimeInstant) -> RuntimeInstant? {
            lives.first { $0.to > due }.map { max(due, $0.from) }
        }
    }

    @Test("a timer fires once, and in time, though nothing else ever comes for its stream and processes die")
    func firesAfterACrash() async throws {
        try await simulate(seeds: GuaranteeSeeds.all.prefix(100), configuration: GuaranteeSeeds.configuration) {
            simulation in
            let feed = MemoryFeed()
            var delays: [String: Duration] = [:]
            for number in 0..<simulation.random(in: 1...30) {
                let stream = StreamName(category: "Alarm", id: "\(number)")
                for index in 0..<Int64(simulation.random(in: 1...3)) {
                    let event = try Event(
                        stream: stream, index: index, type: "Set", data: [UInt8(simulation.random(in: 0...255))])
                    try feed.append([event])
                    delays["\(stream) alarm \(index)"] = Alarms.delay(event)
                }
            }
            var plan = FaultPlan()
            plan.store.failBefore = 0.02
            plan.store.failAfter = 0.02
            plan.store.limit = 20
            let life = ReactorSimulation(simulation, source: feed, plan: plan)
            var configuration = ReactorConfiguration(drawnFrom: simulation)
            configuration.timerHorizon = .seconds(simulation.random(in: 1...300))
            // Hours go by, in which these would be most of what happens.
            configuration.checkpointInterval = .seconds(5)
            configuration.passivateAfter = configuration.passivateAfter.map { _ in .seconds(20) }
            func start() async throws -> ReactorRun {
                let run = life.nextRun()
                _ = try await run.start { [configuration] run in
                    let reactor = Reactor(
                        name: "alarms", feed: run.feed, machine: run.machine(Alarms()), store: run.store,
                        configuration: configuration, runtime: run.runtime, telemetry: run.telemetry)
                    reactor.onOutputs(run.delivering())
                    return reactor
                }
                return run
            }
            for _ in 0..<simulation.random(in: 1...4) {
                let run = try await start()
                try await simulation.advance(by: .milliseconds(simulation.random(in: 0...600_000)))
                run.crash()
                try await simulation.advance(by: .milliseconds(simulation.random(in: 0...600_000)))
            }
            let last = try await start()
            try await simulation.advance(by: .seconds(7200))
            last.crash()
            let log = Log(life.history, end: simulation.now)
            #expect(Set(log.rang.keys) == Set(delays.keys))
            for (alarm, delay) in delays {
                let times = log.rang[alarm] ?? []
                #expect(times.count == 1, "\(alarm) rang \(times.count) times, with seed \(simulation.seed)")
                let set = try #require(log.set[alarm])
                let earliest = try #require(log.earliest(set.advanced(by: delay)))
                // The store's faults and the machine's own faults hold it up by no more than their backoffs.
                let late = try earliest.duration(to: #require(times.first))
                #expect(late < .seconds(30), "\(alarm) rang \(late) late, with seed \(simulation.seed)")
                // It was set a little before it was committed.
                #expect(late > .seconds(-10), "\(alarm) rang \(late) late, with seed \(simulation.seed)")
            }
            try life.check(OutputsDelivered())
        }
    }

    @Test("what is due far ahead stays in the store, and is fetched page by page")
    func onlyWhatIsDueSoon() async throws {
        try await simulate(seeds: 0..<3, configuration: GuaranteeSeeds.configuration) { simulation in
            let feed = MemoryFeed()
            var builder = EventBatch.Builder()
            for number in 0..<3000 {
                // Due at once, in 50 seconds, and in an hour.
                let data: [UInt8] = [[0, 50, 255][number % 3]]
                try builder.append(
                    stream: StreamName(category: "Alarm", id: "\(number)"), index: 0, type: "Set", data: data)
            }
            feed.append(&builder)
            let life = ReactorSimulation(simulation, source: feed, plan: FaultPlan())
            func start() async throws -> ReactorProcess {
                let run = life.nextRun()
                return try await run.start { run in
                    Reactor(
                        name: "alarms", feed: run.feed, machine: Alarms(), store: run.store, runtime: run.runtime)
                }
            }
            let first = try await start()
            try await simulation.advance(by: .seconds(10))
            try await first.stop()
            let second = try await start()
            try await simulation.advance(by: .seconds(1))
            #expect(try await second.reactor.status.activeStreams == 1000)
            try await simulation.advance(by: .seconds(60))
            #expect(try await second.reactor.status.turns == 1000)
            try await simulation.advance(by: .seconds(3600))
            #expect(try await second.reactor.status.turns == 2000)
            try await second.stop()
        }
    }

    @Test("timers of a category fire when it is plugged in again", arguments: [false, true])
    func plugged(later: Bool) async throws {
        try await simulate(seeds: 0..<20, configuration: GuaranteeSeeds.configuration) { simulation in
            let feed = MemoryFeed()
            for category in ["A", "B"] {
                try feed.append([
                    Event(stream: StreamName(category: category, id: "1"), index: 0, type: "Set", data: [20])
                ])
            }
            let life = ReactorSimulation(simulation, source: feed, plan: FaultPlan())
            for round in 0..<2 {
                let run = life.nextRun()
                let process = try await run.start { run in
                    let reactor = Reactor(name: "alarms", feed: run.feed, store: run.store, runtime: run.runtime)
                    reactor.onOutputs(run.delivering())
                    for category in ["A", "B"] where round == 0 || !later || category == "A" {
                        try reactor.plug(category, machine: Alarms())
                    }
                    return reactor
                }
                try await simulation.advance(by: .milliseconds(simulation.random(in: 1000...10_000)))
                if round == 1 {
                    if later {
                        try await simulation.advance(by: .milliseconds(simulation.random(in: 1000...60_000)))
                        try process.reactor.plug("B", machine: Alarms())
                    }
                    try await simulation.advance(by: .seconds(60))
                }
                try await process.stop()
            }
            let delivered = life.history.entries.flatMap { entry in
                if case .delivered(let outputs) = entry.fact { outputs.map(\.stream.value) } else { [String]() }
            }
            #expect(delivered.sorted() == ["A-1", "B-1"])
        }
    }
}
