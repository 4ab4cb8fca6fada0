/// The events of one stream that a handler is given together, in the order of their indices. Never empty.
public struct EventSpan: Sendable, RandomAccessCollection {
    let storage: SpanStorage

    /// Always 0: places count within the span, and aren't indices of the stream.
    public var startIndex: Int { 0 }

    /// How many events there are.
    public var endIndex: Int { storage.count }

    /// The event at a place, in `0 ..< count`.
    @inline(__always)
    public subscript(place: Int) -> Event {
        precondition(place >= 0 && place < storage.count, "place \(place) is not in a span of \(storage.count) events")
        return storage.event(place)
    }

    /// The stream whose events these are; a new string at each call.
    public var stream: StreamName { self[0].stream }
}
