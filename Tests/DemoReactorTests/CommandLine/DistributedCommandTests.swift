#if SQLite
    import Testing

    @testable import demo_reactor

    struct DistributedCommandTests {
        @Test func `options are taken`() throws {
            #expect(try DemoCommand(["distributed"]) == .distributed(DistributedOptions()))
            var options = DistributedOptions()
            options.nodes = 4
            options.events = 500
            options.slots = 6
            options.ttl = .seconds(3)
            options.seed = 9
            options.rounds = 7
            options.state = "a.sqlite"
            options.keepsFiles = true
            options.isQuiet = true
            options.hasColor = false
            let arguments = [
                "distributed", "--nodes", "4", "--events=500", "--slots", "6", "--ttl", "3", "--seed", "9", "--chaos",
                "7", "--state=a.sqlite", "--keep", "--quiet", "--no-color",
            ]
            #expect(try DemoCommand(arguments) == .distributed(options))
        }

        @Test func `there are more events for more rounds`() {
            var options = DistributedOptions()
            #expect(options.eventCount == 20_000)
            options.rounds = 100
            #expect(options.eventCount == 10_000)
            options.events = 77
            #expect(options.eventCount == 77)
        }

        @Test func `the command that repeats a run does what the run did`() throws {
            var options = DistributedOptions()
            options.seed = 8
            options.rounds = 30
            options.events = options.eventCount
            let arguments = options.command.split(separator: " ").map(String.init).dropFirst()
            #expect(try DemoCommand(Array(arguments)) == .distributed(options))
        }

        @Test func `a node is told what it is by its command line`() throws {
            let options = NodeOptions(name: "a", state: "b.sqlite", slots: 12, ttl: .seconds(2), seed: .max)
            #expect(try DemoCommand(options.arguments) == .node(options))
        }

        @Test(arguments: [
            (["distributed", "--nodes", "2"], "'--nodes' takes a number from 3 to 16, not '2'"),
            (
                ["distributed", "--state", "--keep"],
                "'--state' takes a file, not '--keep': what begins with dashes goes behind '--state='"
            ),
            (["distributed", "--orders", "2"], "'distributed' has no option '--orders'"),
            (["distributed", "--seed", "2", "--seed", "3"], "'--seed' is given twice"),
            (
                ["node", "--name", "a"],
                "'node' is for the command 'distributed', which starts its nodes with it: use that one"
            ),
            (["node", "--chaos", "1"], "'node' has no option '--chaos'"),
        ])
        func `what makes no sense is refused with a reason`(arguments: [String], reason: String) {
            #expect(throws: UsageError(reason)) { try DemoCommand(arguments) }
        }
    }
#endif
