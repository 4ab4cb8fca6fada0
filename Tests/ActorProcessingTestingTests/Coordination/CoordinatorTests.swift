import ActorProcessingTesting
import Sharding
import Supervision
import Testing

/// A coordinator under many interleavings: whatever its entities do, each item is dealt with once and in order.
@Suite(.timeLimit(.minutes(10))) struct CoordinatorTests {
    private static var configuration: CoordinatorConfiguration {
        var configuration = CoordinatorConfiguration()
        configuration.maximumRunners = 4
        configuration.callDeadline = .seconds(4)
        configuration.cancellationGrace = .seconds(2)
        configuration.maximumAbandonedCalls = 1000
        configuration.passivateAfter = .seconds(30)
        configuration.restartPolicy.backoff = Backoff(base: .milliseconds(50), factor: 1, cap: .milliseconds(50))
        configuration.restartPolicy.intensity = RestartIntensity(maximumFailures: 1000, within: .seconds(600))
        return configuration
    }

    @Test func everyItemIsDealtWithOnceAndInOrder() async throws {
        try await simulate(seeds: 0..<300) { simulation in
            let history = try await Self.drive(simulation, ways: Item.Way.allCases, items: 150).all
            try #require(history.complaints.isEmpty)
            for (_, outcomes) in history.outcomes {
                let numbers = outcomes.map(\.number)
                try #require(numbers == numbers.sorted() && Set(numbers).count == numbers.count)
            }
            try #require(history.outcomes.values.map(\.count).reduce(0, +) == 150)
        }
    }

    @Test func lateCallsAreCancelledThenGivenUp() async throws {
        try await simulate(seeds: 0..<200) { simulation in
            let history = try await Self.drive(simulation, ways: [.hang, .overrun, .commit, .sleep], items: 30).all
            try #require(!history.overdue.isEmpty)
            for overdue in history.overdue {
                let turn = try #require(
                    history.turns.first { $0.key == overdue.key && $0.began <= overdue.at && $0.ended >= overdue.at })
                let ran = turn.began.duration(to: overdue.at)
                try #require(ran >= .seconds(4) && ran <= .seconds(5.5))
                try #require(turn.item.way == .hang || turn.ended == overdue.at)
            }
            let hangs = history.turns.filter { $0.item.way == .hang && $0.ended > $0.began }
            try #require(history.abandoned.count == hangs.count)
            for turn in hangs {
                try #require(turn.isVoid)
                let abandoned = try #require(
                    history.abandoned.first { $0.key == turn.key && $0.at > turn.began && $0.at < turn.ended })
                let ran = turn.began.duration(to: abandoned.at)
                try #require(ran >= .seconds(6) && ran <= .seconds(8))
            }
        }
    }

    @Test func backoffIsKeptWhateverTheClockDidMeanwhile() async throws {
        try await simulate(seeds: 0..<200) { simulation in
            let history = try await Self.drive(simulation, ways: [.failOnce, .failOften, .sleep], items: 40).all
            try #require(!history.backoffs.isEmpty)
            for backoff in history.backoffs {
                let early = history.turns.filter {
                    $0.key == backoff.key && $0.began > backoff.at && $0.began < backoff.at.advanced(by: backoff.wait)
                }
                try #require(early.isEmpty)
            }
        }
    }

    @Test func theIdleAreLetGoAndComeBack() async throws {
        let returns = Log<Int>()
        try await simulate(seeds: 0..<100) { simulation in
            let history = try await Self.drive(simulation, ways: [.commit, .yield, .done], items: 30, rest: 60).all
            try #require(history.passivations > 0)
            try #require(history.complaints.isEmpty)
            returns.add(history.activations - history.outcomes.count)
        }
        #expect(returns.entries.reduce(0, +) > 300)
    }

    @Test func aBusyEntityDoesNotHoldUpCallsThatResume() async throws {
        try await simulate(seeds: 0..<20) { simulation in
            let history = try await Self.drive(simulation) { coordinator in
                coordinator.inbox.post(Delivery(1, Item(number: 0, way: .stray)))
                for number in 0..<3000 { coordinator.inbox.post(Delivery(0, Item(number: number, way: .commit))) }
            }
            let turns = history.all.turns
            try #require(turns.count == 3001)
            let place = try #require(turns.firstIndex { $0.key == 1 })
            try #require(place < 1000)
        }
    }

    @Test func aCallGivenUpTooManyEndsTheShard() async throws {
        try await simulate(seeds: 0..<50) { simulation in
            let runtime = try simulation.runtime().start()
            var limits = Self.configuration
            limits.maximumRunners = 16
            limits.maximumAbandonedCalls = 3
            let history = History()
            let coordinator = ShardCoordinator(
                executor: runtime.shards[0], configuration: limits,
                host: ScriptedHost(history, simulation.makeGenerator()), generator: runtime.makeGenerator())
            for key in 0..<6 { coordinator.inbox.post(Delivery(key, Item(number: key, way: .hang))) }
            let error = await #expect(throws: CoordinatorError.self) { try await coordinator.run() }
            try #require(error?.description.contains("more than 3 calls") == true)
            try #require(simulation.now >= .zero.advanced(by: .seconds(6)))
            try #require(simulation.now <= .zero.advanced(by: .seconds(8)))
        }
    }

    @Test func aCrashEndsACoordinatorAtAnyStepAndAnotherTakesOver() async throws {
        let steps = Log<Int>()
        try await simulate(seeds: 0..<200) { simulation in
            let runtime = simulation.runtime()
            let died = WakeUp()
            let past = History()
            try Self.start(runtime, past, simulation)
            simulation.afterSteps(simulation.random(in: 1...400)) {
                simulation.kill(runtime)
                died.wake()
            }
            try await died.wait()
            let before = past.all
            let present = History()
            try Self.start(runtime, present, simulation)
            try await simulation.advance(by: .seconds(3600))
            try #require(past.all.turns.count == before.turns.count)
            try #require(past.all.outcomes.values.map(\.count) == before.outcomes.values.map(\.count))
            try #require(past.all.activations == before.activations)
            try #require(present.all.outcomes.values.map(\.count).reduce(0, +) == 60)
            steps.add(before.turns.count)
        }
        #expect(Set(steps.entries).count > 20)
    }

    /// Starts a coordinator and gives it 60 items.
    private static func start(_ runtime: Runtime, _ history: History, _ simulation: Simulation) throws {
        let running = try runtime.start()
        let host = ScriptedHost(history, simulation.makeGenerator())
        let coordinator = ShardCoordinator(
            executor: running.shards[1], configuration: configuration, host: host, generator: running.makeGenerator())
        Task { try await coordinator.run() }
        for number in 0..<60 {
            let way = Item.Way.allCases[simulation.random(in: 0...Item.Way.allCases.count - 1)]
            coordinator.inbox.post(Delivery(number % 7, Item(number: number, way: way)))
        }
    }

    /// One shard's coordinator deals with what `send` posts to it; its commits take no time.
    private static func drive(
        _ simulation: Simulation, _ send: (ShardCoordinator) -> Void
    ) async throws -> History {
        let runtime = try simulation.runtime().start()
        let history = History()
        let host = ScriptedHost(history, simulation.makeGenerator(), isImmediate: true)
        let coordinator = ShardCoordinator(
            executor: runtime.shards[0], configuration: configuration, host: host,
            generator: runtime.makeGenerator())
        send(coordinator)
        let running = Task { try await coordinator.run() }
        try await simulation.advance(by: .seconds(10))
        await coordinator.stop()
        try await running.value
        return history
    }

    /// One shard's coordinator is given items for ten entities, now and then, and waits until all are dealt with.
    private static func drive(
        _ simulation: Simulation, ways: [Item.Way], items: Int, rest: Int = 1
    ) async throws -> History {
        let runtime = try simulation.runtime().start()
        let history = History()
        let host = ScriptedHost(history, simulation.makeGenerator())
        let coordinator = ShardCoordinator(
            executor: runtime.shards[0], configuration: configuration, host: host,
            generator: runtime.makeGenerator())
        let running = Task { try await coordinator.run() }
        var generator = simulation.makeGenerator()
        for number in 0..<items {
            let way = ways[Int.random(in: 0..<ways.count, using: &generator)]
            coordinator.inbox.post(Delivery(Int.random(in: 0..<10, using: &generator), Item(number: number, way: way)))
            if Int.random(in: 0..<10, using: &generator) == 0 {
                let seconds = Int.random(in: 0...rest * 2, using: &generator)
                try await simulation.advance(by: .milliseconds(seconds * 500))
            }
        }
        while history.all.outcomes.values.map(\.count).reduce(0, +) < items {
            try await simulation.advance(by: .seconds(10))
        }
        try await simulation.advance(by: .seconds(rest))
        await coordinator.stop()
        try await running.value
        runtime.shutdown()
        return history
    }
}
