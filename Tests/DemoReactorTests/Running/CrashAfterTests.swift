#if SQLite
    import Foundation
    import Sharding
    import Testing

    @testable import demo_reactor

    /// The program itself, killed where it asks for it.
    @Suite("--crash-after", .timeLimit(.minutes(10)))
    struct CrashAfterTests {
        private let folder: StateFolder

        init() throws { folder = try StateFolder() }

        /// - Returns: the code that it ends with; for a signal 128 and its number, as a shell says it.
        private func run(_ arguments: [String]) async throws -> Int32 {
            let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            let program = tests.deletingLastPathComponent().appendingPathComponent("demo-reactor")
            return try await SystemThread.run {
                let process = Process()
                process.executableURL = program
                process.arguments = arguments
                process.standardOutput = FileHandle.nullDevice
                process.standardError = FileHandle.nullDevice
                try process.run()
                process.waitUntilExit()
                let status = process.terminationStatus
                return process.terminationReason == .uncaughtSignal ? 128 + status : status
            }
        }

        @Test(arguments: 1...3) func `a run goes on after each death, and comes to what the fold says`(seed: Int)
            async throws
        {
            let (file, died) = (["--state", folder.path], 128 + SIGKILL)
            let workload = file + ["--events", "4000", "--seed", "\(seed)", "--failures", "5"]
            var deaths = 0
            for events in [300, 500, 700] {
                let code = try await run(workload + ["--crash-after", "\(events)"])
                #expect(code == died || code == 0)
                if code == died { deaths += 1 }
                // What is there by now is what the fold says of as many events.
                #expect(try await run(["verify"] + file) == 0)
            }
            #expect(deaths > 0)
            #expect(try await run(workload) == 0)
            #expect(try await run(["verify"] + file) == 0)
            #expect(try await run(["rebuild"] + file) == 0)
        }
    }
#endif
