import ActorProcessingTesting
import Sharding
import Supervision

/// Runs one scenario in a process of its own, for tests that compare processes.
@main
struct Probe {
    static func main() async {
        // Work of the ordinary pool comes first, so that task numbers and addresses differ from run to run.
        for _ in 0..<CommandLine.arguments.count * 10 { await Task { await Task.yield() }.value }
        do {
            try await simulate(seeds: 0..<20, function: "probe()") { simulation in
                try await scenario(simulation)
                print("seed \(simulation.seed) steps \(simulation.steps) hash \(simulation.traceHash)")
                if CommandLine.arguments.contains("fail"), simulation.seed > 16 { throw Failed() }
            }
        } catch {
            print(error)
        }
    }
}

struct Failed: Error {}

actor OnShard {
    nonisolated let executor: ShardExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }
    private var count = 0

    init(_ executor: ShardExecutor) { self.executor = executor }

    func work(_ number: Int) async throws -> Int {
        count += 1
        await Task.yield()
        try await executor.clock.sleep(for: .milliseconds(number % 3))
        return await count + stray(number)
    }
}

@concurrent func stray(_ number: Int) async -> Int {
    await Task.yield()
    return number * 2
}

func scenario(_ simulation: Simulation) async throws {
    let runtime = try simulation.runtime().start()
    let actors = runtime.shards.map { OnShard($0) }
    var generator = simulation.makeGenerator()
    // The order of a set differs between processes, unless hashing is deterministic.
    let numbers = Set((0..<50).map { _ in Int(generator.next() % 1000) })
    try await withThrowingTaskGroup(of: Int.self) { group in
        for number in numbers { group.addTask { try await actors[number % 2].work(number) } }
        for try await result in group { simulation.note("\(result)") }
    }
    try await Task.sleep(for: .seconds(1))
}
