/// Reads a source once through, in pieces of a wanted size and with positions of the reader's choice.
final class SourcePass {
    private let cursor: SourceCursor
    private var batch: EventBatch?
    private var row = 0

    init(_ cursor: SourceCursor) { self.cursor = cursor }

    /// How many events lie ready, at most as many as the limit allows; fetches more when there are none. 0 at the end.
    func fetch(upTo limit: ReadLimit, isolation: isolated any Actor) async throws -> Int {
        while batch == nil || row == batch?.count {
            batch = try await cursor.next(isolation: isolation)
            row = 0
            if batch == nil { return 0 }
        }
        guard let batch else { return 0 }
        var count = 0
        var bytes = 0
        while row + count < batch.count, count < max(1, limit.events), bytes < limit.bytes {
            bytes += batch.storage.size(row + count)
            count += 1
        }
        return count
    }

    /// Takes events that lie ready.
    func take(_ count: Int, firstPosition: Int64) throws(EventError) -> EventBatch {
        guard let batch else { preconditionFailure("events are taken that weren't fetched") }
        defer { row += count }
        return try batch.part(row..<row + count, firstPosition: firstPosition)
    }

    /// Passes over events, and returns how many there were: fewer when the source has ended before.
    @discardableResult
    func skip(_ count: Int64, isolation: isolated any Actor) async throws -> Int64 {
        var passed: Int64 = 0
        while passed < count {
            let ready = try await fetch(upTo: ReadLimit(events: .max, bytes: .max), isolation: isolation)
            if ready == 0 { break }
            let step = min(Int(clamping: count - passed), ready)
            row += step
            passed += Int64(step)
        }
        return passed
    }
}
