import ActorProcessingTesting
import Sharding
import Supervision
import Testing

@Suite struct PauseTests {
    @Test func nothingOfAPausedRuntimeRunsUntilItGoesOn() async throws {
        try await simulate(seeds: 0..<100) { simulation in
            let (paused, other) = (simulation.runtime(), simulation.runtime())
            let (mine, theirs) = (Log<RuntimeInstant>(), Log<RuntimeInstant>())
            for (runtime, log) in [(paused, mine), (other, theirs)] {
                let actor = ShardActor(try runtime.start().shards[0])
                Task { try await tick(actor, simulation, log) }
            }
            try await simulation.advance(by: .milliseconds(50))
            let (start, end) = (simulation.now, simulation.now.advanced(by: .seconds(1)))
            simulation.pause(paused, for: .seconds(1))
            try await simulation.advance(by: .seconds(2))
            try #require(!mine.entries.contains { $0 > start && $0 < end })
            try #require(mine.entries.contains { $0 >= end }, "it goes on")
            try #require(theirs.entries.contains { $0 > start && $0 < end })
        }
        @Sendable func tick(
            _ actor: isolated ShardActor, _ simulation: Simulation, _ log: Log<RuntimeInstant>
        ) async throws {
            while true {
                try await actor.executor.clock.sleep(for: .milliseconds(7))
                log.add(simulation.now)
                // Stray work stands still, too.
                await Task.detached { log.add(simulation.now) }.value
            }
        }
    }

    @Test func aPausedRuntimeCanBeKilled() async throws {
        try await simulate(seeds: 0..<20) { simulation in
            let runtime = simulation.runtime()
            _ = try runtime.start()
            simulation.pause(runtime, for: .seconds(5))
            simulation.kill(runtime)
            try await simulation.advance(by: .seconds(10))
            try #require(simulation.now == .zero.advanced(by: .seconds(10)))
        }
    }
}
