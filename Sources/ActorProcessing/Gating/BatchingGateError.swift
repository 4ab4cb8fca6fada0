/// Why a ``BatchingGate`` did not take a request.
public struct BatchingGateError: Error, Sendable, CustomStringConvertible {
    /// What went wrong.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String {
            case alreadyRunning, finished, ended
        }

        private var value: Value

        /// `run()` was called a second time.
        public static var alreadyRunning: Code { Code(value: .alreadyRunning) }

        /// A request came after `finish()`.
        public static var finished: Code { Code(value: .finished) }

        /// `run()` has ended.
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

    static var alreadyRunning: BatchingGateError {
        BatchingGateError(code: .alreadyRunning, message: "A gate runs once. Make a new one to run again.")
    }

    static var finished: BatchingGateError {
        BatchingGateError(code: .finished, message: "finish() was called. Request before it.")
    }

    static var ended: BatchingGateError {
        BatchingGateError(code: .ended, message: "The gate's run() has ended, so the request was not answered.")
    }
}
