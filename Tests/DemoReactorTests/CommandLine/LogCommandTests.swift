#if Files
    import Testing

    @testable import demo_reactor

    struct LogCommandTests {
        @Test func `the options of cases are taken`() throws {
            var options = CaseOptions(file: "log.xes")
            #expect(try DemoCommand(["cases", "log.xes"]) == .cases(options))
            options.file = "-"
            options.format = .ndjson
            options.disorder = 64
            options.duplicates = 2
            options.seed = 3
            options.shards = 4
            options.isStrict = true
            options.rejects = "bad.ndjson"
            options.isJSON = true
            options.isQuiet = true
            options.hasColor = false
            let arguments = [
                "cases", "--format", "ndjson", "-", "--disorder=64", "--duplicates", "2", "--seed=3", "--shards", "4",
                "--strict", "--rejects", "bad.ndjson", "--json", "--quiet", "--no-color",
            ]
            #expect(try DemoCommand(arguments) == .cases(options))
        }

        @Test func `the options of generate are taken`() throws {
            var options = GenerateOptions()
            #expect(try DemoCommand(["generate"]) == .generate(options))
            options.file = "x"
            options.format = .cloudevents
            options.cases = 7
            options.disorder = 8
            options.duplicates = 9
            options.seed = 10
            let arguments = [
                "generate", "x", "--format=cloudevents", "--cases", "7", "--disorder", "8", "--duplicates=9", "--seed",
                "10",
            ]
            #expect(try DemoCommand(arguments) == .generate(options))
        }

        @Test(arguments: [
            (["cases"], "'cases' needs a file, or - for standard input"),
            (["cases", "a", "b"], "'cases' takes one file, not also 'b'"),
            (["cases", ""], "a file's name can't be empty"),
            (["cases", "-", "--format", "csv"], "'--format' takes one of: xes, ndjson; not 'csv'"),
            (["cases", "-", "--format"], "'--format' takes one of: xes, ndjson"),
            (["cases", "-", "--rejects"], "'--rejects' takes a file"),
            (["cases", "a", "--state"], "'--state' takes a file"),
            (["cases", "-", "--orders", "1"], "'cases' has no option '--orders'"),
            (["cases", "-", "--disorder", "0"], "'--disorder' takes a number from 1 to 1000000, not '0'"),
            (["cases", "-", "--json", "--json"], "'--json' is given twice"),
            (["generate", "a", "b"], "'generate' takes one file, not also 'b'"),
            (
                ["generate", "--format", "xes", "--disorder", "2"],
                "'--format xes' has no disorder and no duplicates: an event's place in its trace is its index"
            ),
            (["generate", "--cases", "0"], "'--cases' takes a number from 1 to 1000000000, not '0'"),
        ])
        func `what makes no sense is refused with a reason`(arguments: [String], reason: String) {
            #expect(throws: UsageError(reason)) { try DemoCommand(arguments) }
        }
    }
#endif
