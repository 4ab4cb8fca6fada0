import ActorProcessingTesting
import Sharding
import Testing

@Suite struct SpeedTests {
    @Test(.timeLimit(.minutes(2))) func aThousandSeedsTakeSeconds() async throws {
        let clock = ContinuousClock()
        let began = clock.now
        try await simulate(seeds: 0..<1000) { simulation in
            let runtime = try simulation.runtime().start()
            let actors = runtime.shards.map { ShardActor($0) }
            await withDiscardingTaskGroup { group in
                for worker in 0..<10 {
                    group.addTask {
                        for event in 0..<100 { await actors[(worker + event) % 2].add() }
                    }
                }
            }
            var sum = 0
            for actor in actors { sum += await actor.count }
            try #require(sum == 1000)
        }
        let took = clock.now - began
        print("1,000 seeds of 1,000 events took \(took)")
        #expect(took < .seconds(60), "it takes 4 seconds on an idle machine")
    }
}
