/// Why a ``Debouncer`` could not do what it was asked.
public struct DebouncerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String {
            case alreadyRunning, ended
        }

        private var value: Value

        /// `run()` was called a second time.
        public static var alreadyRunning: Code { Code(value: .alreadyRunning) }

        /// `run()` has ended, so nothing is published any more.
        public static var ended: Code { Code(value: .ended) }

        /// The code's name.
        public var description: String { value.rawValue }
    }

    /// What went wrong.
    public var code: Code

    /// What to do about it.
    public var message: String

    /// Whether the same call may succeed later.
    public var isRetriable: Bool { false }

    /// The code and the message.
    public var description: String { "\(code): \(message)" }

    static var alreadyRunning: DebouncerError {
        DebouncerError(code: .alreadyRunning, message: "A debouncer runs once. Make a new one to run again.")
    }

    static var ended: DebouncerError {
        DebouncerError(
            code: .ended,
            message: "The debouncer's run() has ended. Flush while it runs; call finish() to publish all and end it.")
    }
}
