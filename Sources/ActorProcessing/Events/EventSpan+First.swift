extension EventSpan {
    /// The first events of the span as one of their own, for a handler that passes on less than it was given.
    package func first(_ count: Int) -> EventSpan {
        precondition(count > 0 && count <= storage.count, "\(count) events of a span of \(storage.count)")
        let part = SpanStorage()
        for event in self[..<count] { unsafe part.append(.passUnretained(event.batch), row: event.row) }
        part.retainBatches()
        return EventSpan(storage: part)
    }
}
