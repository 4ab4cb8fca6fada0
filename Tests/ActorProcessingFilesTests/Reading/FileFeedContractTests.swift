#if Files
    import ActorProcessing
    import ActorProcessingTesting
    import Testing

    @testable import ActorProcessingFiles

    @Suite(.timeLimit(.minutes(10)))
    struct FileFeedContractTests {
        private static func lines(_ events: [Event], _ form: NDJSONWriter.Form) throws -> TemporaryFile {
            let file = try TemporaryFile()
            var writer = try NDJSONWriter(to: .file(file.path), form: form)
            for event in events { try writer.write(event) }
            try writer.finish()
            return file
        }

        @Test(arguments: FeedContract.checks)
        func `a file of lines keeps it`(_ check: FeedContractCheck) async throws {
            try await check.run { events in
                let file = try Self.lines(events, .plain)
                return FeedSubject(NDJSONFeed(file.source)) { NDJSONFeed(file.source) }
            }
        }

        @Test(arguments: FeedContract.checks)
        func `a file that grows keeps it`(_ check: FeedContractCheck) async throws {
            let configuration = NDJSONFeedTests.quiet { $0.follows = true }
            try await check.run { events in
                let file = try Self.lines(events, .cloudEvents(source: "/"))
                return FeedSubject(
                    NDJSONFeed(file.source, configuration: configuration),
                    append: { event in try file.append(try Self.lines([event], .plain).text) },
                    reopen: { NDJSONFeed(file.source, configuration: configuration) })
            }
        }

        @Test(arguments: FeedContract.checks)
        func `an event log keeps it`(_ check: FeedContractCheck) async throws {
            try await check.run { events in
                let file = try TemporaryFile()
                var writer = try XESWriter(to: .file(file.path))
                let streams = Dictionary(grouping: events, by: \.stream).sorted { $0.key < $1.key }
                for (_, trace) in streams { try writer.write(trace.sorted { $0.index < $1.index }) }
                try writer.finish()
                return FeedSubject(XESFeed(file.source)) { XESFeed(file.source) }
            }
        }
    }
#endif
