import ActorProcessingTesting
import Sharding
import Supervision
import Testing

@Suite struct LimitTests {
    @Test func aBodyThatNothingWakesIsStuck() async throws {
        let error = try await underlying { simulation in
            let runtime = simulation.runtime()
            _ = try runtime.start()
            simulation.kill(runtime)
            try await simulation.advance(by: .seconds(2))
            try await WakeUp().wait()
        }
        #expect(error.code == .stuck)
        #expect(error.message.contains("+2.0 seconds"))
        #expect(error.message.contains("runtime 1"))
    }

    @Test func whatIsPendingIsNamed() async throws {
        let error = try await underlying(SimulationConfiguration()) { simulation in
            let runtime = try simulation.runtime().start()
            await ShardActor(runtime.shards[1]).add()
            simulation.afterSteps(1_000_000) {}
            try await WakeUp().wait()
        }
        #expect(error.code == .stuck)
        #expect(error.message.contains("runtime 1 shard 1: idle, ran 1, next timer none"))
        #expect(error.message.contains("a callback is due at step"))
    }

    @Test func anEndlessRunIsStopped() async throws {
        var configuration = SimulationConfiguration()
        configuration.maximumSteps = 1000
        let error = try await underlying(configuration) { _ in while true { await Task.yield() } }
        #expect(error.code == .tooManySteps)
    }

    @Test func anEndlessSleeperIsStopped() async throws {
        var configuration = SimulationConfiguration()
        configuration.maximumTime = .seconds(3600)
        let error = try await underlying(configuration) { _ in while true { try await Task.sleep(for: .seconds(60)) } }
        #expect(error.code == .tooMuchTime)
        #expect(error.message.contains("after"))
    }

    private func underlying(
        _ configuration: SimulationConfiguration = SimulationConfiguration(),
        _ body: @escaping @Sendable (Simulation) async throws -> Void
    ) async throws -> SimulationError {
        let failure = await #expect(throws: SimulationFailure.self) {
            try await simulate(seeds: 5..<6, configuration: configuration, body)
        }
        return try #require(failure?.underlying as? SimulationError)
    }
}
