#if SQLite
    import ActorProcessing
    import Sharding
    import Supervision
    import Testing

    @testable import crash_probe

    /// A process that reacts to a shuffled, repeated, failing workload is killed again and again, on the same files; in the
    /// end they hold what a sequential fold comes to.
    @Suite("kill -9", .serialized, .timeLimit(.minutes(10)))
    struct CrashTests {
        #if MILLRACE_TSAN
            private static let kills = 5
        #else
            private static let kills = 100
        #endif
        /// The most often that one workload is interrupted.
        private static let killsPerWorkload = 12

        private let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        @Test func `a process that kills itself anywhere`() async throws {
            let tally = try await run(seed: 1) { options, random in
                var options = options
                options.crash = random.next()
                return try ProbeProcess(options)
            }
            print("kill -9 from inside: \(tally)")
            #expect(tally.kills == Self.kills)
        }

        @Test func `a process that is killed from outside at any time`() async throws {
            let tally = try await run(seed: 2) { options, random in
                var options = options
                options.showsProgress = true
                let process = try ProbeProcess(options)
                // The process goes on meanwhile, however far it gets.
                try await process.read(Int.random(in: 0...300, using: &random))
                process.kill()
                return process
            }
            print("kill -9 from outside: \(tally)")
            #expect(tally.kills == Self.kills)
        }

        /// What has been done to processes.
        private struct Tally: CustomStringConvertible {
            var kills = 0
            var workloads = 0
            /// Processes that had finished their workload when they were to be killed: these don't count.
            var missed = 0

            var description: String {
                "\(kills) kills delivered over \(workloads) workloads; \(missed) processes had ended before"
            }
        }

        /// Runs workload after workload until enough processes have been killed, and compares each with its fold.
        private func run(
            seed: UInt64, start: (ProbeOptions, inout SplitMix64) async throws -> ProbeProcess
        ) async throws -> Tally {
            var random = SplitMix64(seed: seed)
            var tally = Tally()
            while tally.kills < Self.kills, tally.workloads < Self.kills {
                tally.workloads += 1
                let options = ProbeOptions(
                    workload: random.next(), state: folder("\(seed)-\(tally.workloads).sqlite"))
                try await interrupt(options, &random, &tally, start)
                let audit = try await CrashAudit(options)
                #expect(audit.findings == [], "workload \(options.workload)")
                if !audit.findings.isEmpty { break }
            }
            return tally
        }

        /// Has processes work on a workload, and killed, until it is done.
        private func interrupt(
            _ options: ProbeOptions, _ random: inout SplitMix64, _ tally: inout Tally,
            _ start: (ProbeOptions, inout SplitMix64) async throws -> ProbeProcess
        ) async throws {
            killing: for _ in 0..<min(Self.killsPerWorkload, Self.kills - tally.kills) {
                switch try await start(options, &random).end() {
                case .killed: tally.kills += 1
                case .finished:
                    tally.missed += 1
                    break killing
                case .failed(let reason): return try #require(Bool(false), "workload \(options.workload): \(reason)")
                }
            }
            // Also behind one that has finished: an answer of its store may have been lost to the very last call.
            let end = try await ProbeProcess(options).end()
            try #require(end == .finished, "workload \(options.workload)")
        }
    }
#endif
