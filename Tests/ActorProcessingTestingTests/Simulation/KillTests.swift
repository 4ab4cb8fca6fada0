import ActorProcessingTesting
import Sharding
import Supervision
import Synchronization
import Testing

@Suite struct KillTests {
    /// Work of every kind that a runtime's shard may have under way.
    private static func busy(_ runtime: RunningRuntime, _ log: Log<String>) {
        for shard in runtime.shards {
            let actor = ShardActor(shard)
            Task { while true { try await Self.goAbout(actor, log) } }
        }
    }

    private static func goAbout(_ actor: isolated ShardActor, _ log: Log<String>) async throws {
        log.add("shard")
        _ = await elsewhere(1)
        // Made on the shard, so they die with it, wherever they are.
        let stray = Task.detached {
            for _ in 0..<5 {
                await Task.yield()
                log.add("global")
            }
            await MainActor.run { log.add("main") }
            try await Task.sleep(for: .milliseconds(1))
            log.add("slept")
        }
        try await actor.executor.clock.sleep(for: .milliseconds(2))
        try await stray.value
    }

    @Test(.timeLimit(.minutes(10))) func nothingOfAKilledRuntimeRunsAgain() async throws {
        let steps = Log<Int>()
        try await simulate(seeds: 0..<200) { simulation in
            let log = Log<String>()
            let runtime = simulation.runtime()
            Self.busy(try runtime.start(), log)
            let killed = WakeUp()
            simulation.afterSteps(simulation.random(in: 1...300)) {
                simulation.kill(runtime)
                log.add("killed")
                killed.wake()
            }
            try await killed.wait()
            try await simulation.advance(by: .seconds(60))
            try #require(log.entries.last == "killed")
            steps.add(log.entries.count)
        }
        #expect(Set(steps.entries).count > 20, "crashes come at many places")
    }

    @Test func aRuntimeThatStartsAgainIsUntouchedByItsPast() async throws {
        try await simulate(seeds: 0..<100) { simulation in
            let runtime = simulation.runtime()
            let past = Log<String>()
            Self.busy(try runtime.start(), past)
            try await simulation.advance(by: .milliseconds(10))
            simulation.kill(runtime)
            let before = past.entries.count
            let present = Log<String>()
            Self.busy(try runtime.start(), present)
            try await simulation.advance(by: .milliseconds(10))
            try #require(past.entries.count == before)
            try #require(present.entries.count > 10)
            try #require(Set(present.entries) == ["shard", "global", "main", "slept"])
        }
    }

    @Test func aRuntimeMayKillItselfInTheMiddleOfAJob() async throws {
        try await simulate(seeds: 0..<50) { simulation in
            let log = Log<String>()
            let runtime = simulation.runtime()
            let actor = ShardActor(try runtime.start().shards[0])
            Task { await die(actor, simulation, runtime, log) }
            try await simulation.advance(by: .seconds(1))
            try #require(log.entries == ["the job goes on to its next suspension"])
        }
        @Sendable func die(
            _ actor: isolated ShardActor, _ simulation: Simulation, _ runtime: Runtime, _ log: Log<String>
        ) async {
            simulation.kill(runtime)
            log.add("the job goes on to its next suspension")
            await Task.yield()
            log.add("zombie")
        }
    }

    @Test func othersLiveOn() async throws {
        try await simulate(seeds: 0..<50) { simulation in
            let (first, second) = (simulation.runtime(), simulation.runtime())
            let (mine, theirs) = (Log<String>(), Log<String>())
            Self.busy(try first.start(), mine)
            Self.busy(try second.start(), theirs)
            // The body's own task waits on the first while it dies; the clock of the simulation is nobody's.
            try await simulation.advance(by: .milliseconds(5))
            simulation.kill(first)
            let (mineThen, theirsThen) = (mine.entries.count, theirs.entries.count)
            try await simulation.advance(by: .milliseconds(50))
            try #require(mine.entries.count == mineThen)
            try #require(theirs.entries.count > theirsThen + 20)
        }
    }

    @Test func anActorOutsideAnswersOthersAfterACallerDied() async throws {
        try await simulate(seeds: 0..<100) { simulation in
            let store = Store()
            let runtime = simulation.runtime()
            for shard in try runtime.start().shards { Task { await use(store, ShardActor(shard)) } }
            let killed = WakeUp()
            simulation.afterSteps(simulation.random(in: 1...200)) {
                simulation.kill(runtime)
                killed.wake()
            }
            try await killed.wait()
            let count = await store.count
            await store.add()
            try #require(await store.count > count)
        }
        @Sendable func use(_ store: Store, _ actor: isolated ShardActor) async {
            while true {
                await store.add()
                // Without something to do on the shard there is no way back to it, and the loop never suspends.
                actor.add()
            }
        }
    }

    @Test func aStoppedRuntimeEndsWhenItHasNothingLeft() async throws {
        try await simulate(seeds: 0..<50) { simulation in
            let runtime = try simulation.runtime().start()
            let actor = ShardActor(runtime.shards[0])
            let tasks = (0..<10).map { _ in Task { await actor.add() } }
            for task in tasks { await task.value }
            runtime.shutdown()
            await simulation.settle()
            // As in the live runtime: what comes now is taken, but never run.
            let late = Log<Int>()
            Task {
                await actor.add()
                late.add(1)
            }
            await simulation.settle()
            try #require(late.entries.isEmpty)
        }
    }
}

/// An actor of the world outside, on the default executor.
private actor Store {
    private(set) var count = 0

    func add() async { count += 1 }
}
