import Testing

@testable import demo_reactor

struct DemoCommandTests {
    @Test func `without arguments the shop runs with its defaults`() throws {
        #expect(try DemoCommand([]) == .shop(ShopOptions()))
        #expect(try DemoCommand(["shop"]) == .shop(ShopOptions()))
    }

    @Test func `options are taken in both spellings`() throws {
        var options = ShopOptions()
        options.size = .orders(7)
        options.seed = 42
        options.shards = 3
        options.disorder = 10
        options.duplicates = 50
        options.failures = 0
        options.isQuiet = true
        options.hasColor = false
        let arguments = [
            "--orders", "7", "--seed=42", "--shards", "3", "--disorder=10", "--duplicates", "50", "--failures=0",
            "--quiet", "--no-color",
        ]
        #expect(try DemoCommand(arguments) == .shop(options))
    }

    @Test func `the size can be a number of events`() throws {
        var options = ShopOptions()
        options.size = .events(1000)
        #expect(try DemoCommand(["--events", "1000"]) == .shop(options))
    }

    @Test(arguments: [["--help"], ["-h"], ["help"], ["shop", "--orders", "--help"]])
    func `help goes before everything else`(arguments: [String]) throws {
        #expect(try DemoCommand(arguments) == .help)
    }

    @Test(arguments: [
        (["check"], "there is no command 'check'"),
        (["--colour"], "'shop' has no option '--colour'"),
        (["shop", "again"], "'again' is not an option"),
        (["--orders"], "'--orders' takes a number from 1 to 10000000"),
        (["--orders", "none"], "'--orders' takes a number from 1 to 10000000, not 'none'"),
        (["--disorder", "0"], "'--disorder' takes a number from 1 to 10000, not '0'"),
        (["--failures", "101"], "'--failures' takes a number from 0 to 100, not '101'"),
        (["--seed", "-1"], "'--seed' takes a number from 0 to 18446744073709551615, not '-1'"),
        (["--quiet=yes"], "'--quiet' takes no value, but is given 'yes'"),
        (["--seed", "1", "--seed", "2"], "'--seed' is given twice"),
        (["--orders", "1", "--events", "2"], "give --orders or --events, not both"),
        (
            ["--memory", "--fresh"],
            "'--fresh' needs a state that outlives the process, and this run keeps it in memory"
        ),
        (
            ["--memory", "--crash-after", "5"],
            "'--crash-after' needs a state that outlives the process, and this run keeps it in memory"
        ),
    ])
    func `what makes no sense is refused with a reason`(arguments: [String], reason: String) {
        #expect(throws: UsageError(reason)) { try DemoCommand(arguments) }
    }
}
