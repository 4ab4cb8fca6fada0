/// Collects events up to a limit; the first one is taken whatever its size.
struct PageBuilder {
    private let limit: ReadLimit
    private var builder = EventBatch.Builder()

    init(_ limit: ReadLimit) { self.limit = limit }

    /// Adds a copy of an event.
    ///
    /// - Returns: `false`, and nothing has changed, when the limit is reached.
    mutating func add(_ event: Event, at position: Int64) throws(EventError) -> Bool {
        if builder.count > 0 {
            let bytes = builder.byteCount + event.dataCount + event.stream.value.utf8.count
            guard builder.count < limit.events, bytes <= limit.bytes else { return false }
        }
        try builder.append(event, position: position)
        return true
    }

    mutating func finish() -> EventBatch { builder.finish() }
}
