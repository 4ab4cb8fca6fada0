import ActorProcessingTesting
import Sharding
import Testing

@Suite struct SpeedTests {
    @Test(.timeLimit(.minutes(1))) func aThousandSeedsTakeSeconds() async throws {
        let clock = ContinuousClock()
        let began = clock.now
        try await simulate(seeds: 0..<1000) { simulation in
            let runtime = try simulation.runtime().start()
            let counters = runtime.shards.map { Counter($0) }
            await withDiscardingTaskGroup { group in
                for worker in 0..<10 {
                    group.addTask {
                        for event in 0..<100 { await counters[(worker + event) % 2].add() }
                    }
                }
            }
            var sum = 0
            for counter in counters { sum += await counter.count }
            #expect(sum == 1000)
        }
        let took = clock.now - began
        #expect(took < .seconds(30))
        print("1,000 seeds of 1,000 events took \(took)")
    }
}

actor Counter {
    nonisolated let executor: ShardExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }
    private(set) var count = 0

    init(_ executor: ShardExecutor) { self.executor = executor }

    func add() { count += 1 }
}
