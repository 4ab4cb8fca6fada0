public import Supervision

/// A handler's answer can't be carried out, or asks for its stream to be set aside.
public struct HandlerError: ClassifiedError, CustomStringConvertible {
    /// What is wrong.
    public struct Code: Sendable, Hashable {
        enum Value { case invalidProgress, parkRequested, skipped, rejected, parked, unsupported, gap, unplugged }
        let value: Value

        /// The progress lies outside of the span.
        public static let invalidProgress = Code(value: .invalidProgress)
        /// The handler has asked for the stream to be parked.
        public static let parkRequested = Code(value: .parkRequested)
        /// The message was skipped on purpose.
        public static let skipped = Code(value: .skipped)
        /// The machine has rejected the message.
        public static let rejected = Code(value: .rejected)
        /// The stream is parked and takes no commands.
        public static let parked = Code(value: .parked)
        /// The reactor's handler doesn't take such a message.
        public static let unsupported = Code(value: .unsupported)
        /// The stream's category has no handler.
        public static let unplugged = Code(value: .unplugged)
        /// Events of the stream are missing.
        public static let gap = Code(value: .gap)
    }

    /// What is wrong; decide by this.
    public let code: Code
    /// What happened and what to do.
    public let message: String

    public var errorClass: ErrorClass { .permanent }
    public var description: String { message }

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    static func invalidProgress(_ what: String, span: ClosedRange<Int64>) -> HandlerError {
        HandlerError(
            .invalidProgress,
            "the handler reports progress \(what), but it was given the indices \(span.lowerBound) to \(span.upperBound): return .all, or an index among them"
        )
    }

    static func parkRequested(_ reason: String) -> HandlerError { HandlerError(.parkRequested, reason) }
    static func skipped(_ reason: String) -> HandlerError { HandlerError(.skipped, "skipped: \(reason)") }
    static func rejected(_ reason: String) -> HandlerError { HandlerError(.rejected, reason) }

    static func parked(_ stream: StreamName) -> HandlerError {
        HandlerError(.parked, "\(stream) is parked and takes no commands: retry or discard its events first")
    }

    static func unplugged(_ stream: StreamName) -> HandlerError {
        HandlerError(.unplugged, "nobody handles \(stream): plug a handler in for category '\(stream.category)'")
    }

    static let noMessages = HandlerError(
        .unsupported, "this reactor's handler takes events only: use a StreamMachine for commands and timers")

    static func gap(_ missing: Range<Int64>) -> HandlerError {
        HandlerError(
            .gap, "the events with indices \(missing.lowerBound) to \(missing.upperBound - 1) have not come")
    }
}
