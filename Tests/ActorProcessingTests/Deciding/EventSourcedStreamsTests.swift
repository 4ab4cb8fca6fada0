import ActorProcessing
import ActorProcessingTesting
import Testing

@Suite("Event-sourced streams", .timeLimit(.minutes(10)))
struct EventSourcedStreamsTests {
    static let purse = StreamName(category: "Purse", id: "1")

    /// Runs streams over a journal while `body` uses them, in a simulation.
    static func run(
        _ decider: Purse = Purse(), journal: (any Journal)? = nil, snapshots: InMemoryJournalSnapshots? = nil,
        configuration: EventSourcingConfiguration = EventSourcingConfiguration(), seeds: Range<UInt64> = 0..<20,
        _ body: @escaping @Sendable (EventSourcedStreams<Purse>, any Journal, Simulation) async throws -> Void
    ) async throws {
        try await simulate(seeds: seeds) { simulation in
            let journal = journal ?? InMemoryJournal()
            let streams = EventSourcedStreams(
                decider, journal: journal, snapshots: snapshots, configuration: configuration,
                runtime: simulation.runtime())
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await streams.run() }
                try await body(streams, journal, simulation)
                streams.stop()
                try await group.waitForAll()
            }
        }
    }

    /// Expects this reply to a command to the purse.
    static func expect(
        _ reply: Int, of command: Purse.Command, key: String? = nil, _ streams: EventSourcedStreams<Purse>,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let found = try await streams.send(command, to: purse, key: key)
        #expect(found == reply, sourceLocation: sourceLocation)
    }

    /// Expects events of these types in the purse.
    static func expect(
        _ types: [String], in journal: any Journal, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let batch = try await journal.events(of: purse, upTo: ReadLimit(events: 1_000, bytes: 1 << 20))
        #expect((0..<batch.count).map { batch[$0].type } == types, sourceLocation: sourceLocation)
    }

    @Test("a command's events are appended, and its reply comes back")
    func deciding() async throws {
        try await Self.run { streams, journal, _ in
            try await Self.expect(5, of: .pay(5), streams)
            try await Self.expect(3, of: .spend(2), streams)
            try await Self.expect(6, of: .split(1, into: 3), streams)
            try await Self.expect(6, of: .look, streams)
            try await Self.expect(["Paid", "Spent", "Paid", "Paid", "Paid"], in: journal)
        }
    }

    @Test("a rejection goes to the caller, and nothing is appended")
    func rejecting() async throws {
        try await Self.run { streams, journal, _ in
            try await streams.send(.pay(5), to: Self.purse)
            let error = await #expect(throws: Purse.TooLittle.self) {
                try await streams.send(.spend(6), to: Self.purse)
            }
            #expect(error == Purse.TooLittle(held: 5))
            try await Self.expect(0, of: .spend(5), streams)
            try await Self.expect(["Paid", "Spent"], in: journal)
        }
    }

    @Test("commands of one stream are worked at in their order of arrival")
    func order() async throws {
        try await Self.run { streams, _, simulation in
            let replies = Recorder<Int>()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        let reply = try await streams.send(.pay(1), to: Self.purse)
                        replies.record(reply)
                    }
                    await simulation.settle()
                }
                try await group.waitForAll()
            }
            #expect(replies.values == Array(1...8))
        }
    }

    @Test("a command that is sent again with its key gets the first reply, and is applied once")
    func keys() async throws {
        try await Self.run { streams, journal, _ in
            try await Self.expect(4, of: .split(2, into: 2), key: "a", streams)
            try await Self.expect(0, of: .spend(4), key: "b", streams)
            // Spending would be rejected now, and splitting would give another reply.
            try await Self.expect(0, of: .spend(4), key: "b", streams)
            try await Self.expect(4, of: .split(2, into: 2), key: "a", streams)
            try await Self.expect(6, of: .split(2, into: 3), key: "a", streams)
            try await Self.expect(["Paid", "Paid", "Spent"], in: journal)
            await #expect(throws: Purse.TooLittle.self) {
                try await streams.send(.spend(1), to: Self.purse, key: "c")
            }
        }
    }

    @Test("a state is built from a snapshot and the events behind it, or from all events")
    func snapshots() async throws {
        var configuration = EventSourcingConfiguration()
        configuration.snapshotInterval = 3
        configuration.passivateAfter = .seconds(1)
        let failures = Recorder<String>()
        configuration.onSnapshotFailure = { stream, error in failures.record("\(stream): \(error)") }
        let snapshots = InMemoryJournalSnapshots()
        let journal = InMemoryJournal()
        try await Self.run(
            Purse(keepsSnapshots: true), journal: journal, snapshots: snapshots, configuration: configuration,
            seeds: 0..<1
        ) { streams, _, simulation in
            for number in 1...7 { try await Self.expect(number, of: .pay(1), streams) }
            let saved = try await snapshots.snapshot(of: Self.purse, decider: "purse")
            #expect(saved?.version == 6)
            // It would give another balance if it were used.
            try await snapshots.save(
                JournalSnapshot(version: 7, schema: 1, state: Array("100".utf8)), of: Self.purse, decider: "purse")
            try await Self.expect(7, of: .look, streams)
            try await simulation.advance(by: .seconds(5))
            try await Self.expect(100, of: .look, streams)
            try await simulation.advance(by: .seconds(5))
            for (schema, state) in [(1, "x"), (2, "100")] {
                try await snapshots.save(
                    JournalSnapshot(version: 7, schema: schema, state: Array(state.utf8)), of: Self.purse,
                    decider: "purse")
                try await Self.expect(7, of: .look, streams)
                try await simulation.advance(by: .seconds(5))
            }
            #expect(failures.values.count == 1)
        }
    }

    @Test("too many commands are refused with an error")
    func limits() async throws {
        var configuration = EventSourcingConfiguration()
        configuration.maximumWaitingCommands = 6
        configuration.maximumWaitingPerStream = 2
        var plan = JournalFaultPlan()
        plan.delay = 1
        let limits = configuration
        try await simulate(seeds: 0..<20) { [plan] simulation in
            let journal = FaultyJournal(
                InMemoryJournal(), plan: plan, random: simulation.makeGenerator(),
                sleep: { try await simulation.advance(by: $0) })
            let streams = EventSourcedStreams(
                Purse(), journal: journal, configuration: limits, runtime: simulation.runtime())
            let refused = Recorder<StreamName>()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await streams.run() }
                try await withThrowingTaskGroup(of: Void.self) { senders in
                    for number in 0..<12 {
                        let stream = StreamName(category: "Purse", id: number < 4 ? "a" : "\(number)")
                        senders.addTask {
                            do {
                                try await streams.send(.pay(1), to: stream)
                            } catch let error as EventSourcingError where error.code == .overloaded {
                                refused.record(stream)
                            }
                        }
                    }
                    try await senders.waitForAll()
                }
                #expect(refused.values.count >= 6)
                let waiting = try await streams.waitingCount
                #expect(waiting == 0)
                streams.stop()
                try await group.waitForAll()
            }
        }
    }

    @Test("a stop answers what waits and refuses what comes later")
    func stopping() async throws {
        try await Self.run { streams, journal, simulation in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<6 {
                    group.addTask {
                        try await streams.send(.pay(1), to: StreamName(category: "Purse", id: "\(number % 2)"))
                    }
                }
                await simulation.settle()
                streams.stop()
                let sum = try await group.reduce(0, +)
                #expect(sum == 12)
            }
            await simulation.settle()
            let error = await #expect(throws: EventSourcingError.self) {
                try await streams.send(.pay(1), to: Self.purse)
            }
            #expect(error?.code == .notRunning)
            await #expect(throws: EventSourcingError.self) { try await streams.run() }
        }
    }

    @Test("a closed stream takes no commands")
    func closed() async throws {
        try await Self.run { streams, journal, _ in
            try await streams.send(.pay(5), to: Self.purse, key: "a")
            try await journal.close(Self.purse, expected: .any, .archive)
            let error = await #expect(throws: JournalError.self) { try await streams.send(.pay(1), to: Self.purse) }
            #expect(error?.code == .streamClosed)
            try await Self.expect(5, of: .pay(5), key: "a", streams)
            try await Self.expect(5, of: .look, streams)
        }
    }

    @Test("a deleted stream takes no commands and answers none, whatever is left of its state")
    func deleted() async throws {
        var configuration = EventSourcingConfiguration()
        configuration.snapshotInterval = 1
        configuration.passivateAfter = .seconds(1)
        let limits = configuration
        let snapshots = InMemoryJournalSnapshots()
        try await Self.run(
            Purse(keepsSnapshots: true), journal: InMemoryJournal(), snapshots: snapshots, configuration: limits,
            seeds: 0..<1
        ) { streams, journal, simulation in
            for command in [Purse.Command.pay(5), .pay(5)] { try await streams.send(command, to: Self.purse) }
            try await journal.close(Self.purse, expected: .any, .delete)
            // Of the state in memory, then of the snapshot: that is kept apart from this journal, which doesn't know of it.
            for _ in 0..<2 {
                for command in [Purse.Command.look, .spend(1), .spend(100), .pay(1)] {
                    for key in [nil, "a"] {
                        let error = await #expect(throws: JournalError.self) {
                            try await streams.send(command, to: Self.purse, key: key)
                        }
                        #expect(error?.code == .streamClosed)
                    }
                }
                try await simulation.advance(by: .seconds(5))
                let left = try await snapshots.snapshot(of: Self.purse, decider: "purse")
                #expect(left?.version == 2)
            }
        }
    }

    @Test("a journal that hangs fails the command, and the stream goes on")
    func hanging() async throws {
        var configuration = EventSourcingConfiguration()
        configuration.callDeadline = .seconds(1)
        configuration.cancellationGrace = .seconds(1)
        var plan = JournalFaultPlan()
        plan.delay = 0.3
        plan.delays = .seconds(60) ... .seconds(61)
        let limits = configuration
        try await simulate(seeds: 0..<20) { [plan] simulation in
            let journal = FaultyJournal(
                InMemoryJournal(), plan: plan, random: simulation.makeGenerator(),
                sleep: { try await simulation.advance(by: $0) })
            let streams = EventSourcedStreams(
                Purse(), journal: journal, configuration: limits, runtime: simulation.runtime())
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await streams.run() }
                for number in 1...5 {
                    let key = "\(number)"
                    while true {
                        do {
                            try await Self.expect(number, of: .pay(1), key: key, streams)
                            break
                        } catch is CancellationError {
                            continue
                        } catch let error as EventSourcingError where error.code == .outcomeUnknown {
                            continue
                        }
                    }
                }
                streams.stop()
                try await group.waitForAll()
                try await Self.expect(["Paid", "Paid", "Paid", "Paid", "Paid"], in: journal.wrapped)
            }
        }
    }
}
