import ActorProcessing

/// What a check of a merge log is given: a log that holds nothing, and short words for what is done with it.
struct MergeLogScenario: ContractExpecting {
    let log: any MergeLog
    let feed: String
    let check: String

    var contract: String { "MergeLog" }

    func of(_ feed: String) -> MergeLogScenario { MergeLogScenario(log: log, feed: feed, check: check) }

    func source(_ name: String) -> MergeSource { MergeSource(feed: "part \(name)", partition: "0") }

    func record(_ source: String, at position: Int64, count: Int, from: Int64, to next: Int64) -> MergeRecord {
        MergeRecord(
            position: FeedPosition(position), count: count, source: self.source(source), from: FeedPosition(from),
            next: FeedPosition(next))
    }

    func at(_ position: Int64, _ heads: [String: Int64] = [:]) -> MergeBookmark {
        MergeBookmark(
            position: FeedPosition(position),
            heads: Dictionary(uniqueKeysWithValues: heads.map { (source($0.key), FeedPosition($0.value)) }))
    }

    /// Four records, of ten events of two sources.
    @discardableResult
    func fill() async throws -> [MergeRecord] {
        let all = [
            record("a", at: 0, count: 3, from: 0, to: 3), record("b", at: 3, count: 1, from: 0, to: 9),
            record("a", at: 4, count: 5, from: 3, to: 8), record("b", at: 9, count: 1, from: 9, to: 20),
        ]
        for record in all { try expect(try await append(record), is: true, "a record at the end to be accepted") }
        return all
    }

    func append(_ record: MergeRecord) async throws -> Bool { try await log.append(record, to: feed) }

    func trim(_ position: Int64) async throws { try await log.trim(feed, below: FeedPosition(position)) }

    func bookmark(_ position: Int64) async throws -> MergeBookmark? {
        try await log.bookmark(of: feed, at: FeedPosition(position))
    }

    func records(from position: Int64, limit: Int = 100) async throws -> [MergeRecord] {
        try await log.records(of: feed, from: FeedPosition(position), limit: limit)
    }
}
