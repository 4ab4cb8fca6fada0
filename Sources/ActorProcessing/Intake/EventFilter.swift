/// Which events a reactor's handler sees.
///
/// An event of an unwanted stream is settled at once. One of an unwanted type passes in its stream's order without being
/// handled, so that filters make no gaps.
public struct EventFilter: Sendable {
    enum Verdict { case handle, pass, drop }

    /// Only streams of these categories; `nil` for all.
    public var categories: Set<String>?
    /// Only streams for which this is true; `nil` for all.
    public var streams: (@Sendable (StreamName) -> Bool)?
    /// Only events of these types; `nil` for all.
    public var types: Set<String>?

    /// A filter that lets everything through.
    public init(
        categories: Set<String>? = nil, types: Set<String>? = nil, streams: (@Sendable (StreamName) -> Bool)? = nil
    ) {
        self.categories = categories
        self.types = types
        self.streams = streams
    }

    var isOpen: Bool { categories == nil && streams == nil && types == nil }

    /// - Parameter ordering: what the feed promises: an event that it couldn't make out passes only if its place is known.
    func verdict(on event: Event, _ ordering: OrderingContract = .fromFirstSeen) -> Verdict {
        if event.isRejected, !event.hasName || (event.recordedIndex == nil && ordering != .arrival) { return .drop }
        if categories != nil || streams != nil {
            let stream = event.stream
            if let categories, !categories.contains(String(stream.category)) { return .drop }
            if let streams, !streams(stream) { return .drop }
        }
        if let types, !types.contains(event.type) { return .pass }
        return event.isRejected ? .pass : .handle
    }
}
