public import Supervision

/// Streams that were set aside. Events enter and leave the lot as parts of outcomes.
public protocol ParkingLot: Sendable {
    /// The parked streams, sorted by name.
    func parkedStreams(reactor: String) async throws -> [ParkedStream]

    /// The events of a parked stream from an index on, in order, at most `limit`.
    func parkedEvents(of stream: StreamName, reactor: String, from index: Int64, limit: Int) async throws
        -> [ParkedEvent]
}

/// A stream in the parking lot.
public struct ParkedStream: Sendable, Hashable {
    /// The stream.
    public var stream: StreamName
    /// The index of its first parked event.
    public var firstIndex: Int64
    /// How many events of it are parked.
    public var events: Int
    /// Why it was parked.
    public var failure: ParkedFailure
    /// When it was parked.
    public var parkedAt: Timestamp

    /// A stream in the parking lot.
    public init(stream: StreamName, firstIndex: Int64, events: Int, failure: ParkedFailure, parkedAt: Timestamp) {
        self.stream = stream
        self.firstIndex = firstIndex
        self.events = events
        self.failure = failure
        self.parkedAt = parkedAt
    }
}
