import ActorProcessing
import ActorProcessingTesting
import Testing

@Suite("The order of merged feeds", .timeLimit(.minutes(10)))
struct MergeLogTests {
    @Test("the log in memory keeps the contract", arguments: MergeLogContract.checks)
    func keepsTheContract(_ check: MergeLogContractCheck) async throws {
        try await check.run { InMemoryMergeLog() }
    }

    private final class Careless: MergeLog {
        let base = InMemoryMergeLog()

        func bookmark(of feed: String, at position: FeedPosition) async throws -> MergeBookmark? {
            try await base.bookmark(of: feed, at: position)
        }

        func records(of feed: String, from position: FeedPosition, limit: Int) async throws -> [MergeRecord] {
            try await base.records(of: feed, from: position, limit: limit)
        }

        /// Whatever comes is put at the end.
        func append(_ record: MergeRecord, to feed: String) async throws -> Bool {
            var record = record
            record.position = try await base.bookmark(of: feed, at: FeedPosition(.max))?.position ?? .start
            return try await base.append(record, to: feed)
        }

        func trim(_ feed: String, below position: FeedPosition) async throws {
            try await base.trim(feed, below: position)
        }
    }

    @Test("a log that takes records wherever they are meant to be doesn't keep it")
    func notKept() async throws {
        let violation = await #expect(throws: ContractViolation.self) {
            try await MergeLogContract.check { Careless() }
        }
        #expect(violation?.check == "a record is accepted at the end only")
    }
}
