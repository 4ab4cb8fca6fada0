import ActorProcessing
import Testing

@testable import demo_reactor

@Suite(.timeLimit(.minutes(10)))
struct ShopRunTests {
    private static func options(seed: UInt64) -> ShopOptions {
        var options = ShopOptions()
        options.size = .orders(200)
        options.seed = seed
        options.failures = 10
        options.duplicates = 10
        options.keeping = .memory
        options.isQuiet = true
        return options
    }

    /// What a run with these options has come to.
    private static func run(_ options: ShopOptions) async throws -> (scenario: Scenario, results: ShopResults) {
        var generator = ScenarioGenerator(options)
        let scenario = generator.make()
        let (interrupts, nobody) = AsyncStream<Void>.makeStream()
        defer { nobody.finish() }
        let end = try await ShopRun(scenario, options, .inMemory()).run(interrupts: interrupts, every: .seconds(60)) {
            _ in
        }
        guard case .finished(let results) = end else {
            Issue.record("the run was interrupted")
            throw CancellationError()
        }
        return (scenario, results)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a small run agrees with the fold`(seed: UInt64) async throws {
        let (scenario, results) = try await Self.run(Self.options(seed: seed))
        let fold = SequentialFold(scenario)
        let poisoned = scenario.poison.map { scenario.events[$0].stream }
        var verification = Verification(fold, results.record, parked: poisoned)
        verification.compareCounts(fold, results)
        #expect(verification.differences == [])
        #expect(results.status.restarts > 0)
        #expect(results.stashedByMachines > 0)
        #expect(results.status.duplicates > 0)
        #expect(results.status.stashed > 0)
        #expect(results.failedPublications > 0)
        #expect(results.parked?.stream == poisoned)
    }

    @Test func `what differs is reported`() async throws {
        let (scenario, results) = try await Self.run(Self.options(seed: 4))
        let fold = SequentialFold(scenario)
        func differences(_ change: (inout SequentialFold) -> Void) -> [String] {
            var broken = fold
            change(&broken)
            var verification = Verification(broken, results.record, parked: results.parked?.stream)
            verification.compareCounts(broken, results)
            return verification.differences
        }
        let stream = try #require(fold.states.keys.min())
        let product = try #require(fold.sales.keys.min())
        #expect(differences { _ in } == [])
        #expect(differences { $0.states[stream] = .new }.count == 1)
        #expect(differences { $0.states[stream] = nil }.count == 1)
        #expect(differences { $0.sales[product]?.units += 1 }.count == 1)
        #expect(differences { $0.sales[product] = nil }.count == 1)
        #expect(differences { $0.confirmations[0].swapAt(0, 1) }.count > 0)
        #expect(differences { $0.confirmations[1].removeLast() }.count > 0)
        #expect(differences { $0.early += 1 }.count == 1)
        let strict = Verification(fold, results.record, parked: nil)
        #expect(!strict.agrees || results.record.confirmations.late.isEmpty)
    }

    @Test func `the process says by its exit code whether they agree`() async throws {
        var demo = ShopDemo(Self.options(seed: 5))
        #expect(try await demo.run() == .success)
        demo.fold = { scenario in
            var fold = SequentialFold(scenario)
            for stream in fold.states.keys.prefix(1) { fold.states[stream] = .new }
            return fold
        }
        #expect(try await demo.run() == .disagreement)
    }

    @Test func `an interrupt stops it gracefully`() async throws {
        var options = Self.options(seed: 6)
        options.size = .orders(2000)
        var generator = ScenarioGenerator(options)
        let (interrupts, user) = AsyncStream<Void>.makeStream()
        user.yield()
        let end = try await ShopRun(generator.make(), options, .inMemory()).run(
            interrupts: interrupts, every: .seconds(60)
        ) { _ in }
        guard case .interrupted(let report) = end else {
            Issue.record("the run ended as if nothing had happened")
            return
        }
        #expect(report.abandonedStreams.isEmpty)
    }
}
