import ActorProcessingTesting
import Sharding
import Supervision
import Testing

@Suite struct VirtualTimeTests {
    @Test func sleepersWakeInTheOrderOfTheirDeadlines() async throws {
        try await simulate(seeds: 0..<50) { simulation in
            let log = Log<(Int, RuntimeInstant)>()
            let runtime = try simulation.runtime().start()
            var generator = simulation.makeGenerator()
            await withDiscardingTaskGroup { group in
                for number in 0..<60 {
                    let milliseconds = Int.random(in: 1...1_000_000, using: &generator)
                    group.addTask {
                        let duration = Duration.milliseconds(milliseconds)
                        switch number % 4 {
                        case 0: try? await runtime.clock.sleep(for: duration)
                        case 1: try? await simulation.clock.sleep(for: duration)
                        case 2: try? await Task.sleep(for: duration)
                        default: try? await runtime.shards[1].sleep(until: runtime.clock.now.advanced(by: duration))
                        }
                        log.add((milliseconds, simulation.now))
                    }
                }
            }
            for (milliseconds, woken) in log.entries {
                try #require(woken == .zero.advanced(by: .milliseconds(milliseconds)))
            }
            try #require(log.entries.map(\.0) == log.entries.map(\.0).sorted())
            try #require(log.entries.count == 60)
        }
    }

    @Test func allClocksShowTheSameTime() async throws {
        try await simulate(seeds: 0..<3) { simulation in
            let runtime = try simulation.runtime().start()
            let continuous = ContinuousClock.now
            let suspending = SuspendingClock.now
            try await simulation.advance(by: .seconds(86_400))
            try #require(simulation.now == .zero.advanced(by: .seconds(86_400)))
            try #require(runtime.clock.now == simulation.now)
            try #require(ContinuousClock.now - continuous == .seconds(86_400))
            try #require(SuspendingClock.now - suspending == .seconds(86_400))
            try #require(runtime.clock.wallTime.nanosecondsSince1970 == 1_767_312_000_000_000_000)
        }
    }

    @Test func timeStandsStillWhileSomethingRuns() async throws {
        try await simulate(seeds: 0..<20) { simulation in
            let log = Log<String>()
            Task {
                try await Task.sleep(for: .nanoseconds(1))
                log.add("slept")
            }
            for _ in 0..<100 { await Task.yield() }
            await simulation.settle()
            try #require(log.entries.isEmpty)
            try #require(simulation.now == .zero)
            try await simulation.advance(by: .nanoseconds(1))
            await simulation.settle()
            try #require(log.entries == ["slept"])
        }
    }

    @Test func aCancelledSleepEndsAtOnce() async throws {
        try await simulate(seeds: 0..<20) { simulation in
            let runtime = try simulation.runtime().start()
            let task = Task { try await runtime.clock.sleep(for: .seconds(3600)) }
            try await simulation.advance(by: .seconds(1))
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            try #require(simulation.now == .zero.advanced(by: .seconds(1)))
        }
    }
}
