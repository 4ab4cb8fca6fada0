public import Supervision

/// Something that an operator wants done about a parked stream.
public struct OperatorRequest: Sendable, Hashable, CustomStringConvertible {
    /// What is wanted; the raw values are for stores.
    public enum Action: String, Sendable, Hashable, CaseIterable {
        /// As ``Reactor/retry(_:)``.
        case retry
        /// As ``Reactor/discardParkedEvent(_:of:)``.
        case discardEvent
        /// As ``Reactor/discardParked(_:)``.
        case discardStream
    }

    /// What is wanted.
    public let action: Action
    /// Of which stream.
    public let stream: StreamName
    /// Of which event, where it is about one; 0 otherwise.
    public let index: Int64

    /// A request, as a store has kept it.
    public init(action: Action, stream: StreamName, index: Int64) {
        self.action = action
        self.stream = stream
        self.index = index
    }

    /// The stream's parked events are to be handed to the handler again.
    public static func retry(_ stream: StreamName) -> OperatorRequest {
        OperatorRequest(action: .retry, stream: stream, index: 0)
    }

    /// One parked event is to be dropped, for good and on record.
    public static func discardEvent(_ index: Int64, of stream: StreamName) -> OperatorRequest {
        OperatorRequest(action: .discardEvent, stream: stream, index: index)
    }

    /// All parked events of a stream are to be dropped, for good and on record.
    public static func discardStream(_ stream: StreamName) -> OperatorRequest {
        OperatorRequest(action: .discardStream, stream: stream, index: 0)
    }

    public var description: String {
        switch action {
        case .retry: "retry \(stream)"
        case .discardEvent: "discard event \(index) of \(stream)"
        case .discardStream: "discard what is parked of \(stream)"
        }
    }
}

/// A request as the store has it.
public struct PostedRequest: Sendable, Hashable {
    /// Its number among its reactor's requests.
    public var number: Int64
    /// What is wanted.
    public var request: OperatorRequest
    /// When it was posted.
    public var postedAt: Timestamp
    /// What the reactor has answered; `nil` while it hasn't.
    public var answer: OperatorAnswer?

    /// A request as the store has it.
    public init(number: Int64, request: OperatorRequest, postedAt: Timestamp, answer: OperatorAnswer? = nil) {
        self.number = number
        self.request = request
        self.postedAt = postedAt
        self.answer = answer
    }
}

/// What has become of an operator's request.
public struct OperatorAnswer: Sendable, Hashable {
    /// Why it wasn't done; `nil` when it was.
    public var error: String?
    /// When that was so.
    public var time: Timestamp

    /// An answer: the error, or `nil` for success.
    public init(error: String? = nil, time: Timestamp) {
        self.error = error
        self.time = time
    }
}
