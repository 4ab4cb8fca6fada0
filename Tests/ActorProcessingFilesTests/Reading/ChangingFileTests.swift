#if Files
    import ActorProcessing
    import Foundation
    import Testing

    @testable import ActorProcessingFiles

    @Suite(.timeLimit(.minutes(10)))
    struct ChangingFileTests {
        private static func following(_ file: TemporaryFile) -> NDJSONFeed {
            NDJSONFeed(file.source, configuration: NDJSONFeedTests.quiet { $0.follows = true })
        }

        private static let line = NDJSONFeedTests.line("a-1", 0)

        @Test func `a growing file is followed`() async throws {
            let file = try TemporaryFile(Self.line)
            let feed = Self.following(file)
            let reader = try await feed.reader(of: "0", from: nil)
            #expect(try await Contents(of: reader).facts.map(\.index) == [0])
            let next = Array(NDJSONFeedTests.line("a-1", 1))
            try file.append(String(next[..<20]))
            #expect(try await reader.tail() == FeedPosition(Int64(Self.line.utf8.count)))
            try file.append(String(next[20...]) + NDJSONFeedTests.line("a-1", 2))
            #expect(try await Contents(of: reader).facts.map(\.index).first == 1)
            #expect(try await reader.tail() == FeedPosition(Int64(try file.contents.count)))
        }

        @Test func `a reader that waits can be cancelled`() async throws {
            let file = try TemporaryFile(Self.line)
            let reader = try await Self.following(file).reader(of: "0", from: nil)
            _ = try await Contents(of: reader)
            let waiting = Task { try await reader.next(upTo: ReadLimit(events: 1, bytes: 1)) }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            try file.append(NDJSONFeedTests.line("a-1", 1))
            #expect(try await Contents(of: reader).facts.map(\.index) == [1])
        }

        @Test func `a file that vanishes is an error`() async throws {
            let file = try TemporaryFile(Self.line)
            let reader = try await Self.following(file).reader(of: "0", from: nil)
            #expect(try await Contents(of: reader).facts.count == 1)
            try file.remove()
            let error = try await Contents(of: reader).error
            #expect(error?.code == .vanished)
            #expect(error?.message.hasPrefix("\(file.path): it has been removed while it was followed") == true)
        }

        @Test func `a file whose name another one takes is an error`() async throws {
            let file = try TemporaryFile(Self.line)
            let other = try TemporaryFile(Self.line)
            let reader = try await Self.following(file).reader(of: "0", from: nil)
            _ = try await Contents(of: reader)
            unsafe try #require(rename(other.path, file.path) == 0)
            #expect(try await Contents(of: reader).error?.code == .vanished)
        }

        @Test func `a file that shrinks is an error`() async throws {
            let file = try TemporaryFile(Self.line)
            let reader = try await Self.following(file).reader(of: "0", from: nil)
            _ = try await Contents(of: reader)
            try file.truncate(to: 5)
            let error = try await Contents(of: reader).error
            #expect(error?.code == .shrunk)
            #expect(error?.message.contains("it holds 5 bytes, where there were \(Self.line.utf8.count)") == true)
        }

        @Test func `a position behind the end is an error`() async throws {
            let file = try TemporaryFile(Self.line)
            let feed = NDJSONFeed(file.source, configuration: NDJSONFeedTests.quiet())
            #expect(try await Contents(of: feed, from: FeedPosition(1000)).error?.code == .shrunk)
        }

        @Test func `a position in the middle of a line is an error`() async throws {
            let file = try TemporaryFile(Self.line)
            let feed = NDJSONFeed(file.source, configuration: NDJSONFeedTests.quiet())
            let error = try await Contents(of: feed, from: FeedPosition(7)).error
            #expect(error?.code == .misplaced)
            #expect(error?.message.contains("no line begins at byte 7") == true)
        }

        @Test(arguments: ["/no/such/file", "/tmp"])
        func `what can't be opened is an error`(path: String) async throws {
            let lines = try await Contents(of: NDJSONFeed(.file(path)))
            let log = try await Contents(of: XESFeed(.file(path)))
            for error in [lines.error, log.error] {
                #expect(error?.code == .unavailable)
                #expect(error?.message.hasPrefix("\(path): it ") == true)
            }
        }

        @Test func `a pipe is read as it is filled`() async throws {
            let pipe = TestPipe()
            let feed = NDJSONFeed(pipe.source, configuration: NDJSONFeedTests.quiet())
            let reader = try await feed.reader(of: "0", from: nil)
            for index in 0..<3 {
                try pipe.write(Array(NDJSONFeedTests.line("a-1", index).utf8))
                #expect(try await Contents(of: reader).facts.map(\.index) == [Int64(index)])
            }
            try pipe.close()
            guard case .end = try await reader.next(upTo: ReadLimit(events: 1, bytes: 1)) else {
                Issue.record("the pipe is closed, and its feed isn't at its end")
                return
            }
        }

        @Test func `a second reader of a pipe goes on where the first has ended`() async throws {
            let pipe = TestPipe()
            let feed = NDJSONFeed(pipe.source, configuration: NDJSONFeedTests.quiet())
            try pipe.write(Array((0..<6).map { NDJSONFeedTests.line("a-1", $0) }.joined().utf8))
            try pipe.close()
            let first = try await feed.reader(of: "0", from: nil)
            guard case .batch(let batch, let next) = try await first.next(upTo: ReadLimit(events: 2, bytes: 1000))
            else {
                Issue.record("the pipe's events don't come")
                return
            }
            #expect(batch.count <= 2)
            let rest = try await Contents(of: feed, from: next, passesTails: true)
            #expect(rest.facts.map(\.index) == Array(Int64(batch.count)..<6))
            let again = try await Contents(of: feed, from: nil)
            #expect(again.error?.code == .cannotGoBack)
        }

        @Test func `a pipe that is given again is passed over up to the position`() async throws {
            let pipe = TestPipe()
            let feed = NDJSONFeed(pipe.source, configuration: NDJSONFeedTests.quiet())
            try pipe.write(Array((Self.line + NDJSONFeedTests.line("a-1", 1)).utf8))
            try pipe.close()
            let contents = try await Contents(
                of: feed, from: FeedPosition(Int64(Self.line.utf8.count)), passesTails: true)
            #expect(contents.facts.map(\.index) == [1])
        }

        @Test func `a reader that nobody holds lets its thread go`() async throws {
            let pipe = TestPipe()
            weak var queue: BatchQueue?
            do {
                let reader = try FileReader(pipe.source, from: .start) { queue, _ in
                    while queue.waitForRoom() != nil { queue.bell.wait() }
                } findTail: {
                    .start
                }
                queue = reader.queue
                let waiting = Task { try await reader.next(upTo: ReadLimit(events: 1, bytes: 1)) }
                waiting.cancel()
                _ = await waiting.result
            }
            // The thread holds the queue until it has ended.
            while queue != nil {
                try Task.checkCancellation()
                await Task.yield()
            }
        }
    }
#endif
