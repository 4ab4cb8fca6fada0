#if Files
    import ActorProcessing
    import ActorProcessingFiles
    import Foundation
    import Testing

    @testable import demo_reactor

    @Suite(.timeLimit(.minutes(10)))
    struct CaseRunTests {
        /// What the made-up cases come to, folded in one go.
        private static func expected(cases: Int, seed: UInt64) -> (
            events: Int, variants: Int, activities: [String: Int]
        ) {
            let scripts = (0..<cases).map { CaseScript(number: $0, seed: seed) }
            var activities: [String: Int] = [:]
            for step in scripts.flatMap(\.steps) { activities[step.activity, default: 0] += 1 }
            return (
                scripts.reduce(0) { $0 + $1.steps.count }, Set(scripts.map { $0.steps.map(\.activity) }).count,
                activities
            )
        }

        @Test(arguments: GenerateOptions.Format.allCases)
        func `every format of a log comes to the same`(format: GenerateOptions.Format) async throws {
            let log = try LogFixture {
                $0.format = format
                $0.seed = 5
            }
            let results = try await log.results { $0.format = format == .xes ? .xes : .ndjson }
            let expected = Self.expected(cases: 300, seed: 5)
            #expect(results.findings.cases == 300)
            #expect(results.findings.events == expected.events)
            #expect(results.findings.variants == expected.variants)
            #expect(results.findings.activities == expected.activities)
            #expect(results.findings.casesWith["Closed"] == 300)
            #expect(results.duplicates == 0 && results.stashed == 0 && results.rejected == 0 && results.missing == 0)
        }

        @Test(arguments: [1, 2, 3] as [UInt64])
        func `disorder and duplicates don't change the findings`(seed: UInt64) async throws {
            let log = try LogFixture { $0.seed = 5 }
            let plain = try await log.results()
            let disturbed = try await log.results {
                $0.disorder = 100
                $0.duplicates = 20
                $0.seed = seed
            }
            #expect(disturbed.findings == plain.findings)
            #expect(disturbed.duplicates > 100 && disturbed.stashed > 100)
            let written = try await LogFixture {
                $0.seed = 5
                $0.disorder = 50
                $0.duplicates = 10
            }.results()
            #expect(written.findings == plain.findings)
            #expect(written.duplicates > 0 && written.stashed > 0)
        }

        @Test func `events that never come are stood in for`() async throws {
            let log = try LogFixture(
                """
                {"stream":"a-1","index":0,"type":"A"}
                nonsense
                {"stream":"a-1","index":3,"type":"D"}
                {"stream":"a-1","index":2,"type":"C"}
                {"stream":"b-1","index":1,"type":"B"}
                {"stream":"b-1","index":0,"type":""}
                """)
            let rejects = try LogFixture()
            let results = try await log.results {
                $0.disorder = 3
                $0.rejects = rejects.path
            }
            #expect(results.findings.events == 4 && results.findings.cases == 2)
            #expect(results.rejected == 2 && results.missing == 1)
            #expect(results.findings.activities == ["A": 1, "B": 1, "C": 1, "D": 1])
            #expect(try rejects.text.split(separator: "\n").count == 2)
        }

        @Test func `a strict run ends with the line and the reason`() async throws {
            let log = try LogFixture("{\"stream\":\"a-1\",\"index\":0,\"type\":\"A\"}\nnonsense\n")
            let error = await #expect(throws: ReactorError.self) { try await log.results { $0.isStrict = true } }
            let cause = try #require(error?.underlying as? FileFeedError)
            #expect(cause.message.hasPrefix("\(log.path):2: it is no JSON object"))
            var options = CaseOptions(file: log.path)
            options.isStrict = true
            options.isQuiet = true
            #expect(await (try? CaseCommand(options: options).run()) == .failed)
        }

        @Test func `a file that isn't there is a failure`() async throws {
            var options = CaseOptions(file: "/no/such/file")
            options.isQuiet = true
            #expect(await (try? CaseCommand(options: options).run()) == .failed)
        }

        @Test(arguments: [
            ("a.xes", "", CaseOptions.Format.xes), ("a.XML", "{", .xes), ("a.ndjson", "<", .ndjson),
            ("a.jsonl", "", .ndjson),
            ("a", "<log", .xes), ("-", "\u{FEFF}<", .xes), ("-", "{\"a\"", .ndjson), ("-", "", .ndjson),
        ])
        func `the name or the first bytes say how a log is written`(
            name: String, first: String, format: CaseOptions.Format
        ) {
            #expect(LogFile.format(name: name, first: Array(first.utf8)) == format)
        }

        @Test func `results are written as JSON`() async throws {
            let log = try LogFixture(
                """
                {"stream":"a-1","index":0,"type":"A\\"","time":"2026-01-01T00:00:00Z"}
                {"stream":"a-1","index":1,"type":"B","time":"2026-01-01T00:00:01.25Z"}
                {"stream":"a-2","index":0,"type":"B"}
                """)
            let text = CaseReport.json(of: try await log.results())
            let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            #expect(object["events"] as? Int == 3 && object["cases"] as? Int == 2 && object["variants"] as? Int == 2)
            #expect(object["activities"] as? [String: Int] == ["A\"": 1, "B": 2])
            #expect(object["casesWith"] as? [String: Int] == ["A\"": 1, "B": 2])
            #expect(object["topVariantCases"] as? Int == 1)
            #expect(object["medianDurationSeconds"] as? Double == 1.25)
            for key in ["duplicates", "stashed", "rejected"] { #expect(object[key] as? Int == 0) }
        }

        @Test func `a real log comes to what is published of it`() async throws {
            let packed = "../shared/data/bpic2012.xes.gz"
            guard FileManager.default.fileExists(atPath: packed) else {
                print("SKIPPED: there is no \(packed), the loan log of the BPI Challenge 2012")
                return
            }
            let log = try LogFixture(suffix: ".xes")
            let unpack = Process()
            unpack.executableURL = URL(fileURLWithPath: "/bin/sh")
            unpack.arguments = ["-c", "zcat \(packed) > \(log.path)"]
            try unpack.run()
            unpack.waitUntilExit()
            try #require(unpack.terminationStatus == 0)
            let plain = try await log.results()
            let findings = plain.findings
            #expect(findings.events == 262_200 && findings.cases == 13_087 && findings.variants == 4_366)
            #expect(findings.activities.count == 24)
            #expect(findings.topVariants.first?.cases == 3_429 && findings.topVariants.first?.activities.count == 3)
            #expect(findings.casesWith["A_APPROVED"] == 2_246)
            #expect(findings.casesWith["A_DECLINED"] == 7_635)
            #expect(findings.casesWith["A_CANCELLED"] == 2_807)
            #expect(findings.medianDuration == .milliseconds(69_857_434))
            let disturbed = try await log.results {
                $0.disorder = 1000
                $0.duplicates = 3
            }
            #expect(disturbed.findings == findings)
            #expect(disturbed.duplicates > 0 && disturbed.stashed > 0)
        }
    }
#endif
