import Foundation
import Sharding
import Testing

@testable import ActorProcessingTesting

@Suite struct ReplayTests {
    @Test(.timeLimit(.minutes(10))) func twoProcessesGoTheSameWay() async throws {
        let first = try await probe([], ["SWIFT_DETERMINISTIC_HASHING": "1"])
        let second = try await probe(
            ["other", "arguments"], ["SWIFT_DETERMINISTIC_HASHING": "1", "MALLOC_ARENA_MAX": "1"])
        #expect(first == second)
        #expect(first.count == 20)
        let hashes = first.compactMap { $0.split(separator: " ").last }
        #expect(Set(hashes).count == 20)
    }

    @Test func theFailingSeedAndItsCommandAreReported() async throws {
        let lines = try await probe(["fail"], [:])
        let filter = SimulationReplay.buildConfiguration == "release" ? "-c release --filter" : "--filter"
        #expect(lines.count == 21)
        #expect(lines.contains("seed 17 failed in a \(SimulationReplay.buildConfiguration) build: Failed()"))
        #expect(
            lines.contains(
                "replay it with: SWIFT_DETERMINISTIC_HASHING=1 MILLRACE_SEED=17 swift test \(filter) probe"))
    }

    @Test func theEnvironmentNamesTheOnlySeed() async throws {
        let environment = ["SWIFT_DETERMINISTIC_HASHING": "1", "MILLRACE_SEED": "18", "MILLRACE_TRACE": "1"]
        let lines = try await probe(["fail"], environment)
        let all = try await probe([], ["SWIFT_DETERMINISTIC_HASHING": "1"])
        #expect(lines[0] == all[18])
        #expect(lines[1].hasPrefix("seed 18 failed"))
        #expect(lines.contains { $0.contains("runtime 1 shard 0") })
    }

    @Test func aSeedThatIsNoNumberIsRefused() {
        let error = #expect(throws: SimulationError.self) {
            try SimulationReplay(function: "test()") { $0 == "MILLRACE_SEED" ? "17a" : nil }
        }
        #expect(error?.code == .invalidSeed)
    }

    @Test func theFirstFailingSeedIsThrown() async throws {
        let ran = Log<UInt64>()
        let failure = await #expect(throws: SimulationFailure.self) {
            try await simulate(seeds: stride(from: 10, to: 100, by: 10)) { simulation in
                ran.add(simulation.seed)
                if simulation.seed >= 30 { throw CancellationError() }
            }
        }
        #expect(failure?.seed == 30)
        #expect(failure?.underlying is CancellationError)
        #expect(failure?.command.contains("MILLRACE_SEED=30 swift test") == true)
        #expect(failure?.command.hasSuffix("--filter theFirstFailingSeedIsThrown") == true)
        #expect(ran.entries == [10, 20, 30])
    }

    /// Runs the probe in a process of its own and returns its lines.
    private func probe(_ arguments: [String], _ environment: [String: String]) async throws -> [String] {
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let process = Process()
        process.executableURL = tests.deletingLastPathComponent().appendingPathComponent("simulation-probe")
        process.arguments = arguments
        process.environment = environment
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let (data, status) = try await SystemThread.run {
            let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            return (data, process.terminationStatus)
        }
        #expect(status == 0)
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
