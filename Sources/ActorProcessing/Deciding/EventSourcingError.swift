public import Supervision

/// A command got no answer of the decider's.
public struct EventSourcingError: ClassifiedError, CustomStringConvertible {
    /// What went wrong.
    public struct Code: Sendable, Hashable {
        enum Value { case alreadyRunning, notRunning, overloaded, contended, outcomeUnknown, replyUnknown }
        let value: Value

        /// `run()` was called a second time.
        public static let alreadyRunning = Code(value: .alreadyRunning)
        /// The streams don't run any more; the command wasn't applied.
        public static let notRunning = Code(value: .notRunning)
        /// Too many commands wait; this one wasn't applied.
        public static let overloaded = Code(value: .overloaded)
        /// Others kept appending to the stream; the command wasn't applied.
        public static let contended = Code(value: .contended)
        /// The command may or may not have been applied.
        public static let outcomeUnknown = Code(value: .outcomeUnknown)
        /// The command was applied before, but its reply can't be told any more.
        public static let replyUnknown = Code(value: .replyUnknown)
    }

    /// What went wrong; decide by this.
    public let code: Code
    /// What happened and what to do.
    public let message: String
    /// What the journal reported last.
    public let underlying: (any Error)?

    /// A command may be sent again, with its key, when the streams were busy or the journal out of reach.
    public var errorClass: ErrorClass {
        [.overloaded, .contended, .outcomeUnknown].contains(code) ? .retriable : .permanent
    }
    public var description: String { message }

    private init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    static func alreadyRunning(_ name: String) -> EventSourcingError {
        EventSourcingError(.alreadyRunning, "the streams of '\(name)' run once: make new ones to run again")
    }

    static func notRunning(_ name: String) -> EventSourcingError {
        EventSourcingError(
            .notRunning, "the streams of '\(name)' don't run any more and the command wasn't applied: send it to others"
        )
    }

    static func overloaded(_ place: String, limit: Int) -> EventSourcingError {
        EventSourcingError(
            .overloaded,
            "\(limit) commands wait for \(place) already, and this one wasn't applied: send fewer at a time, or raise the limit"
        )
    }

    static func contended(_ stream: StreamName, attempts: Int, _ error: any Error) -> EventSourcingError {
        EventSourcingError(
            .contended,
            "others appended to stream '\(stream)' at each of \(attempts) attempts, and the command wasn't applied: send it again, or let one process write a stream",
            underlying: error)
    }

    static func outcomeUnknown(_ stream: StreamName, _ error: (any Error)?) -> EventSourcingError {
        EventSourcingError(
            .outcomeUnknown,
            "a command to stream '\(stream)' may or may not have been applied\(error.map { " (\($0))" } ?? ""): send it again with the same key, which applies it once",
            underlying: error)
    }

    static func replyUnknown(_ stream: StreamName, key: String, at index: Int64) -> EventSourcingError {
        EventSourcingError(
            .replyUnknown,
            "the command with key '\(key)' was applied to stream '\(stream)' at index \(index), but its reply can't be told: its events are gone, or the decider has changed since; don't send it again"
        )
    }
}
