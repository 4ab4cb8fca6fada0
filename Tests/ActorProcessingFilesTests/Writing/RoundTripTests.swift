#if Files
    import ActorProcessing
    import Testing

    @testable import ActorProcessingFiles

    @Suite(.timeLimit(.minutes(10)))
    struct RoundTripTests {
        private static let seeds: [UInt64] = Array(1...5)

        private static func lines(_ events: [Event], _ form: NDJSONWriter.Form) async throws -> Contents {
            let file = try TemporaryFile()
            var writer = try NDJSONWriter(to: .file(file.path), form: form)
            for event in events { try writer.write(event) }
            try writer.finish()
            return try await Contents(of: NDJSONFeed(file.source), limit: 64)
        }

        @Test(arguments: RoundTripTests.seeds)
        func `events in the plain form are read as they were written`(seed: UInt64) async throws {
            var generator = EventGenerator(seed: seed)
            let events = try (0..<500).map { number in try generator.event(generator.stream(number), Int64(number)) }
            let contents = try await Self.lines(events, .plain)
            #expect(contents.error == nil && contents.events.count == events.count)
            for (read, written) in zip(contents.events, events) {
                #expect(Facts(read) == Facts(written))
                #expect(read.data == written.data)
            }
        }

        @Test(arguments: RoundTripTests.seeds)
        func `CloudEvents are read as they were written`(seed: UInt64) async throws {
            var generator = EventGenerator(seed: seed)
            let events = try (0..<500).map { number in
                try generator.event(generator.stream(number), Int64(number), isCloudEvent: true)
            }
            let contents = try await Self.lines(events, .cloudEvents(source: "/unused"))
            #expect(contents.error == nil && contents.events.count == events.count)
            for (read, written) in zip(contents.events, events) {
                #expect(Facts(read) == Facts(written))
                #expect(read.data == written.data)
            }
        }

        @Test(arguments: RoundTripTests.seeds)
        func `logs are read as they were written`(seed: UInt64) async throws {
            var generator = EventGenerator(seed: seed, isForXML: true)
            let file = try TemporaryFile()
            var writer = try XESWriter(to: .file(file.path))
            var events: [Event] = []
            for number in 0..<100 {
                let stream = generator.stream(number)
                let trace = try (0..<5).map { try generator.event(stream, Int64($0)) }
                try writer.write(trace)
                events += trace
            }
            try writer.finish()
            let contents = try await Contents(of: XESFeed(file.source), limit: 64)
            #expect(contents.error == nil && contents.events.count == events.count)
            for (read, written) in zip(contents.events, events) {
                #expect(Facts(read) == Facts(written))
                #expect(read.data == written.data)
            }
        }

        @Test func `what is common to a trace becomes the trace's`() async throws {
            let file = try TemporaryFile()
            let stream = StreamName(category: "case", id: "1")
            var writer = try XESWriter(to: .file(file.path))
            let data = ["{\"case:amount\":5,\"k\":1}", "{\"case:amount\":5}"]
            try writer.write(
                try data.enumerated().map {
                    try Event(stream: stream, index: Int64($0), type: "A", data: Array($1.utf8))
                })
            try writer.finish()
            let text = try file.text
            #expect(text.contains("<int key=\"amount\" value=\"5\"/>") && !text.contains("millrace:data"))
            #expect(try await Contents(of: XESFeed(file.source)).facts.map(\.data) == data)
        }

        @Test func `what can't be written is an error`() async throws {
            let stream = StreamName(category: "a", id: "1")
            #expect(throws: FileFeedError.self) { _ = try NDJSONWriter(to: .file("/no/such/directory/x")) }
            let file = try TemporaryFile()
            var lines = try NDJSONWriter(to: .file(file.path), form: .cloudEvents(source: "/"))
            let event = try Event(stream: stream, index: 0, type: "t", metadata: ["Not-A-Name": ""])
            #expect(throws: FileFeedError.self) { try lines.write(event) }
            var log = try XESWriter(to: .file(file.path))
            let second = try Event(stream: stream, index: 1, type: "t")
            #expect(throws: FileFeedError.self) { try log.write([second]) }
            let bell = try Event(stream: stream, index: 0, type: "\u{7}")
            #expect(throws: FileFeedError.self) { try log.write([bell]) }
        }

        @Test func `a full disk is an error`() throws {
            var writer = try NDJSONWriter(to: .file("/dev/full"))
            try writer.write(try Event(stream: StreamName(category: "a", id: "1"), index: 0, type: "t"))
            do {
                try writer.finish()
                Issue.record("a full disk was written")
            } catch {
                #expect(error.code == .unwritable && error.message.contains("No space left"))
            }
        }
    }
#endif
