#if Files && SQLite
    import ActorProcessing
    import Testing

    @testable import demo_reactor

    /// The cases of a log in a file.
    @Suite(.timeLimit(.minutes(10)))
    struct CaseFileTests {
        private let folder: StateFolder
        private let log: LogFixture

        init() throws {
            folder = try StateFolder()
            log = try LogFixture { $0.seed = 5 }
        }

        @Test(arguments: [1, 40])
        func `a run that is stopped goes on and comes to the same`(disorder: Int) async throws {
            let plain = try await log.results()
            var options = CaseOptions(file: log.path)
            options.disorder = disorder
            options.duplicates = disorder > 1 ? 10 : 0
            options.state = folder.path
            let (interrupts, user) = AsyncStream<Void>.makeStream()
            user.yield()
            _ = try await CaseRun(try await LogFile(options), options).run(
                interrupts: interrupts, every: .seconds(60)
            ) { _ in }
            for _ in 0..<2 {
                let results = try await log.results {
                    $0.disorder = options.disorder
                    $0.duplicates = options.duplicates
                    $0.state = options.state
                }
                #expect(results.findings == plain.findings)
            }
        }

        @Test func `the cases of another run are refused`() async throws {
            _ = try await log.results { $0.state = folder.path }
            let error = await #expect(throws: UsageError.self) {
                try await log.results {
                    $0.state = folder.path
                    $0.disorder = 7
                }
            }
            #expect(error?.description.contains("--disorder 1 ") == true)
        }

        @Test func `standard input can't be gone on with`() {
            let reason = "'--state' needs a file to go on with: standard input comes only once"
            #expect(throws: UsageError(reason)) { try DemoCommand(["cases", "-", "--state", "x"]) }
        }
    }
#endif
