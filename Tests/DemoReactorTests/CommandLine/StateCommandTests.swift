#if SQLite
    import Testing

    @testable import demo_reactor

    struct StateCommandTests {
        @Test func `where the state is kept can be chosen`() throws {
            var options = ShopOptions()
            #expect(options.keeping == .file("reactor.sqlite"))
            options.keeping = .file("a.sqlite")
            options.isFresh = true
            options.isPatient = true
            options.crashAfter = 7
            #expect(
                try DemoCommand(["--state", "a.sqlite", "--fresh", "--wait", "--crash-after=7"]) == .shop(options))
            options = ShopOptions()
            options.keeping = .memory
            #expect(try DemoCommand(["shop", "--memory"]) == .shop(options))
        }

        @Test func `a file to verify can be chosen`() throws {
            var options = VerifyOptions()
            #expect(try DemoCommand(["verify"]) == .verify(options))
            options.state = "a.sqlite"
            options.hasColor = false
            #expect(try DemoCommand(["verify", "--state=a.sqlite", "--no-color"]) == .verify(options))
            #expect(try DemoCommand(["rebuild", "--state=a.sqlite", "--no-color"]) == .rebuild(options))
        }

        @Test(arguments: [
            (["--state", "a", "--memory"], "give --state or --memory, not both"),
            (["--state"], "'--state' takes a file"),
            (["rebuild", "--orders"], "'rebuild' has no option '--orders'"),
            (["verify", "--memory"], "'verify' has no option '--memory'"),
        ])
        func `what makes no sense is refused with a reason`(arguments: [String], reason: String) {
            #expect(throws: UsageError(reason)) { try DemoCommand(arguments) }
        }

        @Test func `the workload of a run is what its options say`() throws {
            var options = ShopOptions()
            options.size = .events(77)
            options.seed = 9
            options.disorder = 3
            options.duplicates = 4
            options.failures = 5
            options.shards = 1
            let again = try ShopOptions(options.workload.split(separator: " ").map(String.init)[...])
            #expect(again.workload == options.workload)
            #expect(again.size == options.size && again.seed == 9)
        }
    }
#endif
