/// Why a ``Resequencer`` stopped, or could not take an input.
public struct ResequencerError: Error, Sendable, CustomStringConvertible {
    /// What went wrong.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String {
            case alreadyRunning, finished, ended, attemptsExhausted
        }

        private var value: Value

        /// `run()` was called a second time.
        public static var alreadyRunning: Code { Code(value: .alreadyRunning) }

        /// An input came after `finish()`.
        public static var finished: Code { Code(value: .finished) }

        /// `run()` has ended.
        public static var ended: Code { Code(value: .ended) }

        /// A ticket's attempts were used up, and the policy is to halt.
        public static var attemptsExhausted: Code { Code(value: .attemptsExhausted) }

        /// The code's name.
        public var description: String { value.rawValue }
    }

    /// What went wrong.
    public var code: Code

    /// What to do about it.
    public var message: String

    /// The last error of the work, if there was one.
    public var underlying: (any Error)?

    /// Whether the same call may succeed later.
    public var isRetriable: Bool { false }

    /// The code and the message.
    public var description: String {
        "\(code): \(message)" + (underlying.map { " (\($0))" } ?? "")
    }

    static var alreadyRunning: ResequencerError {
        ResequencerError(code: .alreadyRunning, message: "A resequencer runs once. Make a new one to run again.")
    }

    static var finished: ResequencerError {
        ResequencerError(code: .finished, message: "finish() was called. Submit before it.")
    }

    static func ended(_ underlying: (any Error)?) -> ResequencerError {
        ResequencerError(
            code: .ended, message: "The resequencer's run() has ended, so the input was not taken.",
            underlying: underlying)
    }

    static func attemptsExhausted(ordinal: UInt64, attempts: Int, underlying: (any Error)?) -> ResequencerError {
        ResequencerError(
            code: .attemptsExhausted,
            message: "Ticket \(ordinal) has no result after \(attempts) attempts. "
                + "Mend its work, raise `maximumAttempts`, or choose another policy than `halt`.",
            underlying: underlying)
    }
}
