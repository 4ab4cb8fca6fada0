#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Foundation
    import Sharding
    import Testing

    @testable import crash_probe

    /// Two processes with the same reactor on one file.
    @Suite("two processes on one file", .serialized, .timeLimit(.minutes(10)))
    struct TwoProcessesTests {
        private let folder: TemporaryFolder
        private let options: ProbeOptions

        init() throws {
            folder = try TemporaryFolder()
            options = ProbeOptions(workload: 77, state: folder("state.sqlite"))
        }

        /// A process that is at work, and goes on until it is killed.
        private func startFirst() async throws -> ProbeProcess {
            var options = options
            options.showsProgress = true
            options.isLasting = true
            let first = try ProbeProcess(options)
            #expect(try await first.read(50) == String(repeating: ".", count: 50))
            return first
        }

        @Test func `the second one is refused, and told why`() async throws {
            let first = try await startFirst()
            let end = try await ProbeProcess(options).end()
            guard case .failed(let reason) = end else {
                Issue.record("the second process has \(end)")
                return first.kill()
            }
            #expect(reason.contains("owned by another live process") && reason.contains("process \(first.number),"))
            first.kill()
            #expect(try await first.end() == .killed)
            #expect(try await ProbeProcess(options).end() == .finished)
            #expect(try await CrashAudit(options).findings == [])
        }

        @Test func `the second one waits, and takes over when the first one is killed`() async throws {
            let first = try await startFirst()
            var patient = options
            patient.showsProgress = true
            patient.isPatient = true
            let second = try ProbeProcess(patient)
            // It is told that it has to wait before it is given a single event.
            #expect(try await second.read(1) == "w")
            first.kill()
            #expect(try await first.end() == .killed)
            #expect(try await second.end() == .finished)
            #expect(try await CrashAudit(options).findings == [])
        }

        @Test(arguments: 1...5)
        func `one is killed after the other, and the next one waits already`(seed: Int) async throws {
            var patient = options
            patient.workload = UInt64(seed)
            patient.showsProgress = true
            patient.isPatient = true
            var running = try ProbeProcess(patient)
            for _ in 0..<6 {
                let next = try ProbeProcess(patient)
                try await running.read(100 * seed)
                running.kill()
                let end = try await running.end()
                #expect(end == .killed || end == .finished, "\(end)")
                running = next
            }
            #expect(try await running.end() == .finished)
            #expect(try await CrashAudit(patient).findings == [])
        }

        @Test func `tools read the views while it runs`() async throws {
            let first = try await startFirst()
            let store = try await SQLiteStore(options.state)
            // What is read is one state of the file, in the middle of the work or at its end.
            let (applied, tallied) = try await store.read { transaction in
                (
                    try transaction.value("SELECT count(*) FROM applied", as: Int.self),
                    try transaction.value("SELECT coalesce(sum(events), 0) FROM tally", as: Int.self)
                )
            }
            #expect(applied != nil && applied == tallied)
            try await store.close()
            try await readWithTool()
            first.kill()
            #expect(try await first.end() == .killed)
            #expect(try await ProbeProcess(options).end() == .finished)
            #expect(try await CrashAudit(options).findings == [])
        }

        private func readWithTool() async throws {
            let tool = "/usr/bin/sqlite3"
            guard FileManager.default.isExecutableFile(atPath: tool) else {
                print("SKIPPED: there is no \(tool), SQLite's own tool")
                return
            }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: tool)
            process.arguments = [
                "-readonly", options.state,
                "SELECT (SELECT count(*) FROM applied) = (SELECT coalesce(sum(events), 0) FROM tally)",
            ]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let (text, status) = try await SystemThread.run {
                let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
                process.waitUntilExit()
                return (text, process.terminationStatus)
            }
            #expect(status == 0)
            #expect(text == "1\n")
        }
    }
#endif
