import ActorProcessing

/// Events in batches of up to four, with an empty one here and there, for what reads a source from beginning to end.
struct Pages: AsyncSequence, Sendable {
    struct Iterator: AsyncIteratorProtocol {
        var left: ArraySlice<EventBatch>
        let failure: (any Error)?

        mutating func next() async throws -> EventBatch? {
            if left.isEmpty, let failure { throw failure }
            return left.popFirst()
        }
    }

    let batches: [EventBatch]
    /// What is thrown in place of an end.
    var failure: (any Error)?

    init(_ events: [Event]) throws {
        var batches: [EventBatch] = []
        for first in stride(from: 0, to: events.count, by: 4) {
            batches.append(try EventBatch(Array(events[first...].prefix(4)), firstPosition: 77))
            if batches.count % 3 == 0 { batches.append(try EventBatch([])) }
        }
        self.batches = batches
    }

    func makeAsyncIterator() -> Iterator { Iterator(left: batches[...], failure: failure) }
}
