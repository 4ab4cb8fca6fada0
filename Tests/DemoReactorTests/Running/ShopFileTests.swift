#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Foundation
    import Testing

    @testable import demo_reactor

    /// The shop with its state in a file.
    @Suite(.timeLimit(.minutes(10)))
    struct ShopFileTests {
        private let folder: StateFolder

        init() throws { folder = try StateFolder() }

        private func options(orders: Int = 200) -> ShopOptions {
            var options = ShopOptions()
            options.size = .orders(orders)
            options.failures = 10
            options.duplicates = 10
            options.isQuiet = true
            options.keeping = .file(folder.path)
            return options
        }

        private func verify() async throws -> Verification {
            let file = try await ShopFile(folder.path)
            let check = try await FileCheck(file)
            try await file.close()
            return check.verification
        }

        @Test func `a run leaves files that agree with the fold, and is complete`() async throws {
            let demo = ShopDemo(options())
            #expect(try await demo.run() == .success)
            #expect(try await VerifyCommand(options: verifyOptions).run() == .success)
            let file = try await ShopFile(folder.path)
            #expect(try await file.isComplete())
            #expect(try await file.workload() == options().workload)
            try await file.close()
            // There is nothing left to do, and it still agrees.
            #expect(try await demo.run() == .success)
        }

        @Test func `an interrupted run goes on and comes to the same`() async throws {
            let options = options(orders: 1000)
            var generator = ScenarioGenerator(options)
            let scenario = generator.make()
            let file = try await ShopFile(folder.path)
            _ = try await file.begin(options.workload)
            // The interrupt comes when the first state is received, in the middle of the run.
            let (interrupts, user) = AsyncStream<Void>.makeStream()
            let books = file.books
            let watched = ShopBooks(
                store: books.store, sales: books.sales, receiver: WatchedReceiver(books.receiver) { user.yield() },
                isDurable: true)
            let end = try await ShopRun(scenario, options, watched).run(interrupts: interrupts, every: .seconds(60)) {
                _ in
            }
            guard case .interrupted = end else {
                Issue.record("the run ended before it was interrupted")
                return
            }
            let resumed = try #require(try await file.resumption())
            try await file.close()
            #expect(resumed.streams > 0)
            #expect(try await verify().differences == [])
            #expect(try await ShopDemo(options).run() == .success)
        }

        @Test func `the read model is made anew and put in the old one's place`() async throws {
            #expect(try await ShopDemo(options()).run() == .success)
            // What is wrong with the old one doesn't outlive it.
            try await folder.execute("UPDATE sales SET units = units + 1", in: folder.path)
            #expect(try await !verify().agrees)
            #expect(try await RebuildCommand(options: verifyOptions).run() == .success)
            #expect(try await RebuildCommand(options: verifyOptions).run() == .success)
            #expect(try await verify().agrees)
            // The run stays what it is.
            #expect(try await ShopDemo(options()).run() == .success)
        }

        @Test func `a file of another run is refused`() async throws {
            #expect(try await ShopDemo(options()).run() == .success)
            let error = await #expect(throws: UsageError.self) { try await ShopDemo(options(orders: 201)).run() }
            #expect(error?.description.contains("--orders 200") == true)
            #expect(error?.description.contains("--fresh") == true)
            var fresh = options(orders: 201)
            fresh.isFresh = true
            #expect(try await ShopDemo(fresh).run() == .success)
            #expect(try await verify().agrees)
        }

        @Test func `a file that is no run's isn't removed`() async throws {
            let file = try await ShopFile(folder.path)
            try await file.close()
            var fresh = options()
            fresh.isFresh = true
            await #expect(throws: UsageError.self) { try await ShopDemo(fresh).run() }
            #expect(ShopFile.exists(folder.path))
        }

        @Test func `what was changed behind the reactor's back is found`() async throws {
            #expect(try await ShopDemo(options()).run() == .success)
            try await folder.execute("UPDATE sales SET units = units + 1 WHERE product = 3", in: folder.path)
            #expect(try await verify().differences.count == 1)
            #expect(try await VerifyCommand(options: verifyOptions).run() == .disagreement)
        }

        @Test func `confirmations in another order are found`() async throws {
            #expect(try await ShopDemo(options()).run() == .success)
            try await folder.execute(
                "UPDATE confirmation SET number = -number WHERE number = 50",
                in: ShopFile.receiverPath(folder.path))
            #expect(try await !verify().agrees)
        }

        private var verifyOptions: VerifyOptions {
            var options = VerifyOptions()
            options.state = folder.path
            return options
        }
    }
#endif
