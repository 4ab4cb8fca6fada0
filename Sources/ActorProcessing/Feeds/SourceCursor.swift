/// The place in a source that is being read, whatever the source's type.
class SourceCursor {
    func next(isolation: isolated any Actor) async throws -> EventBatch? {
        preconditionFailure("a cursor has a source")
    }
}

/// The place in a sequence of batches.
final class SequenceCursor<Source: AsyncSequence>: SourceCursor where Source.Element == EventBatch {
    private var iterator: Source.AsyncIterator

    init(_ source: Source) { iterator = source.makeAsyncIterator() }

    override func next(isolation: isolated any Actor) async throws -> EventBatch? {
        try await iterator.next(isolation: isolation)
    }
}
