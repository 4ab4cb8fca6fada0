public import Supervision

/// A journal couldn't do what was asked.
public struct JournalError: ClassifiedError, CustomStringConvertible {
    /// What went wrong.
    public struct Code: Sendable, Hashable {
        enum Value { case versionConflict, streamClosed, duplicateID, invalid, unavailable, corrupted }
        let value: Value

        /// The stream isn't at the version that was expected.
        public static let versionConflict = Code(value: .versionConflict)
        /// The stream was archived or deleted.
        public static let streamClosed = Code(value: .streamClosed)
        /// An id is in the stream already, but not as part of the same events.
        public static let duplicateID = Code(value: .duplicateID)
        /// What was asked makes no sense.
        public static let invalid = Code(value: .invalid)
        /// The journal doesn't answer, or not in time; what was asked may or may not have been done.
        public static let unavailable = Code(value: .unavailable)
        /// What the journal holds doesn't make sense.
        public static let corrupted = Code(value: .corrupted)
    }

    /// What went wrong; decide by this.
    public let code: Code
    /// What happened and what to do.
    public let message: String
    /// The stream's version in a conflict.
    public let actualVersion: Int64?
    /// What the journal's own library reported.
    public let underlying: (any Error)?

    /// An unavailable journal may be asked again. So may one in conflict, by whoever first reads what has come meanwhile.
    public var errorClass: ErrorClass { code == .unavailable || code == .versionConflict ? .retriable : .permanent }
    public var description: String { message }

    /// An error of a journal.
    ///
    /// - Parameters:
    ///   - code: what went wrong.
    ///   - message: what happened and what to do, for people.
    ///   - actualVersion: the stream's version in a conflict.
    ///   - underlying: what the journal's own library reported.
    public init(_ code: Code, _ message: String, actualVersion: Int64? = nil, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.actualVersion = actualVersion
        self.underlying = underlying
    }
}

extension JournalError {
    /// The stream is at another version than expected.
    public static func versionConflict(
        _ stream: StreamName, expected: ExpectedVersion, actual: Int64
    ) -> JournalError {
        JournalError(
            .versionConflict,
            "stream '\(stream)' is at version \(actual), not at \(expected): read what has come, and decide again",
            actualVersion: actual)
    }

    /// The stream was archived or deleted.
    public static func streamClosed(_ stream: StreamName, _ phase: JournalStreamState.Phase) -> JournalError {
        JournalError(
            .streamClosed, "stream '\(stream)' is closed (\(phase)) and takes no more events: use another name")
    }

    static func duplicateID(_ id: String, in stream: StreamName, at index: Int64) -> JournalError {
        JournalError(
            .duplicateID,
            "id '\(id)' belongs to event \(index) of stream '\(stream)', but the other events of this append don't lie beside it: give an event one id for good, and append the same events together"
        )
    }
}
