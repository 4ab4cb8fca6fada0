#if Files
    import ActorProcessing
    import Testing

    @testable import ActorProcessingFiles

    /// What fuzzers have found, mended since.
    @Suite(.timeLimit(.minutes(10)))
    struct FoundByFuzzingTests {
        /// Brackets that don't match: simdjson goes on behind the end of the text.
        private static let unmatched =
            "QHsiIjp7Im9yIjoiMiIuOiJkIjpbMTZlZTMsXX0kLCJaIiwiaTEiLCJiYmJieyIiOnsib3IiOiIyIi46ImQiOlsxNmVlMyxdfSQsIloiLCJpMSIsImJiYmJkADMAdWx0aW8AAAAAAAAAJX0KeyJzYTMxMDBzdHJlQW1lIjpbIlJhdyIsImRhdGFfYmFzZSI6MSwidHlwZSI6WzY0IjpbNjQiAAAAIEA6fWJiWCJtZXQifQ=="

        @Test(arguments: [FoundByFuzzingTests.unmatched])
        func `bad lines end nothing but themselves`(base64: String) async throws {
            let bytes = try #require(unsafe Array(base64.utf8).withUnsafeBytes { unsafe Base64.decode($0) })
            for text in [bytes, bytes + [0x0A]] {
                let file = try TemporaryFile(text)
                let contents = try await Contents(of: NDJSONFeed(file.source, configuration: NDJSONFeedTests.quiet()))
                #expect(contents.facts.isEmpty && !contents.events.isEmpty && contents.error == nil)
            }
        }

        @Test(arguments: [
            #"{"a":[1,{"b":"#, #"{"a":[[]"#, #"{"a":{"b":1,"c"}"#, #"{"a":["}"#, #"{"a":[}"#, #"{"a":{"b":[}}}"#,
        ])
        func `nothing behind a line is taken for a part of it`(line: String) throws {
            let reader = JSONReader()
            // What lies behind looks like the rest.
            for rest in [#"1]}"#, #"":1}]}"#, #"""""#, "]]]}}}"] {
                let text = Array((line + String(repeating: rest, count: 64)).utf8)
                unsafe text.withUnsafeBytes { text in
                    let line = unsafe UnsafeRawBufferPointer(rebasing: text[..<line.utf8.count])
                    #expect(throws: LineProblem.self) { _ = try unsafe reader.fields(of: line) }
                }
            }
        }
    }
#endif
