#if Files
    import ActorProcessing
    import Supervision
    import Synchronization
    import Testing

    @testable import ActorProcessingFiles

    @Suite(.timeLimit(.minutes(10)))
    struct BadLineTests {
        private static let cloud =
            #""specversion":"1.0","id":"1","source":"/s","type":"t","subject":"a-1","sequence":"0""#

        @Test(arguments: [
            ("nonsense", "it is no JSON object: it is not an object"),
            (#"{"stream":"a-1","index":0,"type":"t""#, "an object or array isn't closed"),
            (#"{"stream":"a-1","index":0,"type":"t"} {}"#, "something follows the object"),
            (
                #"{"stream":"a-1","index":0,"type":"t","data":{"x":tru}}"#,
                "a word is not true, false or null, at byte 50"
            ),
            (#"{"stream":"a-1","index":0,"type":"t","data":[01]}"#, "a number isn't written as JSON wants it"),
            (#"{"stream":"a-1","index":0,"type":"\q"}"#, "an escape that JSON doesn't know"),
            (#"{"index":0,"type":"t"}"#, "it has no 'stream'"),
            (#"{"stream":7,"index":0,"type":"t"}"#, "'stream' has to be a string"),
            (#"{"stream":"a1","index":0,"type":"t"}"#, "'a1' is not a stream name: write a category, a dash and an id"),
            (#"{"stream":"-1","index":0,"type":"t"}"#, "'-1' is not a stream name"),
            (#"{"stream":"a-","index":0,"type":"t"}"#, "'a-' is not a stream name"),
            (#"{"stream":"a-1","type":"t"}"#, "it has no 'index', the event's place in its stream: add it"),
            (#"{"stream":"a-1","index":-1,"type":"t"}"#, "'index' is -1: it has to be a whole number, 0 or more"),
            (#"{"stream":"a-1","index":1.0,"type":"t"}"#, "'index' is 1.0"),
            (#"{"stream":"a-1","index":"1","type":"t"}"#, #"'index' is "1""#),
            (#"{"stream":"a-1","index":9223372036854775808,"type":"t"}"#, "'index' is 9223372036854775808"),
            (#"{"stream":"a-1","index":0}"#, "it has no 'type'"),
            (#"{"stream":"a-1","index":0,"type":""}"#, "it has no 'type'"),
            (#"{"stream":"a-1","index":0,"type":"t","time":"yesterday"}"#, "'time' is 'yesterday': write it as"),
            (#"{"stream":"a-1","index":0,"type":"t","time":"2026-01-31T12:00:00"}"#, "write it as"),
            (#"{"stream":"a-1","index":0,"type":"t","metadata":{"a":1}}"#, "'a' in 'metadata' has to be a string"),
            (#"{"stream":"a-1","index":0,"type":"t","metadata":7}"#, "'metadata' has to be an object"),
            (#"{"stream":"a-1","index":0,"type":"t","indx":0}"#, "'indx' is no field of the plain form"),
            (#"{"stream":"a-1","index":0,"type":"t","index":0}"#, "it has 'index' twice"),
            (#"{"stream":"a-1","index":0,"type":"t","data":1,"data_base64":"AAE="}"#, "both 'data' and 'data_base64'"),
            (#"{"stream":"a-1","index":0,"type":"t","data_base64":"A"}"#, "'data_base64' is no base64"),
            (
                #"{"specversion":"0.3","id":"1","source":"/s","type":"t","subject":"a-1","sequence":"0"}"#,
                "version is '0.3', and only 1.0"
            ),
            (#"{"specversion":"1.0","source":"/s","type":"t","subject":"a-1","sequence":"0"}"#, "it has no 'id'"),
            (#"{"specversion":"1.0","id":"1","type":"t","subject":"a-1","sequence":"0"}"#, "it has no 'source'"),
            (#"{"specversion":"1.0","id":"1","source":"/s","type":"t","sequence":"0"}"#, "it has no 'subject'"),
            (#"{"specversion":"1.0","id":"1","source":"/s","type":"t","subject":"a-1"}"#, "it has no 'sequence'"),
            ("{\(cloud),\"extra\":{}}", "the attribute 'extra' has to be a string, a number"),
            ("{\(cloud),\"Extra\":1}", "'Extra' is no attribute of a CloudEvent"),
            ("{\(cloud),\"extra\":1,\"extra\":1}", "it has 'extra' twice"),
        ])
        func `a bad line says why, and good ones go on`(line: String, reason: String) async throws {
            let file = try TemporaryFile("\n" + line + "\n" + NDJSONFeedTests.line("b-1", 0))
            let found = Mutex<[RejectedInput]>([])
            let configuration = NDJSONFeedTests.quiet {
                $0.badInput.report = { input in found.withLock { $0.append(input) } }
            }
            let feed = NDJSONFeed(file.source, configuration: configuration)
            let contents = try await Contents(of: feed)
            let rejected = try #require(found.withLock { $0 }.first)
            #expect(rejected.reason.contains(reason), "\(rejected.reason)")
            #expect(rejected.description.hasPrefix("\(file.path):2: "))
            #expect(String(decoding: rejected.text, as: UTF8.self) == line)
            #expect(contents.facts.map(\.stream) == ["b-1"])
            #expect(feed.progress.rejected == 1)

            var strict = configuration
            strict.badInput.isStrict = true
            let stopped = try await Contents(of: NDJSONFeed(file.source, configuration: strict))
            #expect(stopped.error?.code == .malformed && stopped.error?.line == 2)
            #expect(stopped.error?.message.contains(reason) == true && stopped.error?.errorClass == .permanent)
            #expect(stopped.facts.isEmpty)
        }

        @Test func `a strict feed hands over what is before the bad line`() async throws {
            let contents = try await NDJSONFeedTests.contents(
                NDJSONFeedTests.line("a-1", 0) + "bad\n" + NDJSONFeedTests.line("a-1", 1)
            ) { $0.badInput.isStrict = true }
            #expect(contents.facts.map(\.index) == [0])
            #expect(contents.nexts == [FeedPosition(Int64(NDJSONFeedTests.line("a-1", 0).utf8.count))])
            #expect(contents.error?.line == 2)
        }

        @Test func `a form that is asked for is insisted on`() async throws {
            let plain = try await NDJSONFeedTests.contents(NDJSONFeedTests.line("a-1", 0)) { $0.form = .cloudEvents }
            #expect(plain.facts.isEmpty && plain.events.count == 1)
            let cloud = try await NDJSONFeedTests.contents("{\(Self.cloud)}") { $0.form = .plain }
            #expect(cloud.facts.isEmpty && cloud.events.count == 1)
        }

        @Test(arguments: [0, 1, 300_000, 1_000_000])
        func `a line that is too long is passed over`(excess: Int) async throws {
            let long = "{" + String(repeating: "x", count: 100 + excess)
            let text = NDJSONFeedTests.line("a-1", 0) + long + "\n" + NDJSONFeedTests.line("a-1", 1)
            for text in [text, text + long] {
                let contents = try await NDJSONFeedTests.contents(text) { $0.maximumLineBytes = 100 }
                #expect(contents.facts.map(\.index) == [0, 1])
                #expect(contents.nexts.last == FeedPosition(Int64(text.utf8.count)))
            }
        }

        @Test func `bytes that aren't UTF-8 make a line bad`() async throws {
            let file = try TemporaryFile(
                Array("{\"stream\":\"a-".utf8) + [0xFF] + Array("\",\"index\":0,\"type\":\"t\"}\n".utf8))
            let rejects = try TemporaryFile()
            let feed = NDJSONFeed(
                file.source, configuration: NDJSONFeedTests.quiet { $0.badInput.rejectsFile = rejects.path })
            #expect(try await Contents(of: feed).facts.isEmpty)
            #expect(try rejects.text.contains("\"base64\":\""))
        }

        @Test func `bad lines are kept with their place and reason`() async throws {
            let file = try TemporaryFile(NDJSONFeedTests.line("a-1", 0) + "bad \"one\"\n")
            let rejects = try TemporaryFile("from another time")
            let feed = NDJSONFeed(
                file.source, configuration: NDJSONFeedTests.quiet { $0.badInput.rejectsFile = rejects.path })
            let contents = try await Contents(of: feed)
            let kept = try rejects.text
            let position = contents.events[1].position
            #expect(
                kept
                    == #"{"file":"\#(file.path)","line":2,"position":\#(position),"reason":"it is no JSON object: it is not an object, at byte 1 of the line","text":"bad \"one\""}"#
                    + "\n")
            _ = try await Contents(of: feed, from: FeedPosition(position))
            #expect(try rejects.text == kept + kept)
        }

        @Test func `a rejects file that can't be written is an error`() async throws {
            let contents = try await NDJSONFeedTests.contents("bad") {
                $0.badInput.rejectsFile = "/no/such/directory/x"
            }
            #expect(contents.error?.code == .unwritable)
            #expect(contents.error?.message.contains("No such file") == true)
        }

        @Test func `the place of a bad line in its stream is known, if the line tells`() async throws {
            let contents = try await NDJSONFeedTests.contents(
                #"""
                {"stream":"a-1","index":5}
                {"stream":"a-1","index":-5,"type":"t"}
                {"stream":"a","index":5,"type":"t"}
                """#)
            #expect(contents.events.map(\.isRejected) == [true, true, true])
            #expect(contents.events[0].stream.value == "a-1" && contents.events[0].index == 5)
            #expect(contents.events[1].stream.value == "a-1")
            #expect(contents.events[2].stream.value == "")
        }
    }
#endif
