/// What went wrong in supervision: a code to decide by, a message that says what to do, and the cause.
public struct SupervisionError: ClassifiedError, CustomStringConvertible {
    /// What went wrong; decide by this.
    public let code: Code

    /// What went wrong and what to do about it, for people.
    public let message: String

    /// The error that caused this one, if one did.
    public let underlying: (any Error)?

    /// Whether the same call may succeed later without anything being changed.
    public let isRetriable: Bool

    /// `retriable` or `permanent`, as ``isRetriable`` says: a group's failure can itself be supervised.
    public var errorClass: ErrorClass { isRetriable ? .retriable : .permanent }

    public var description: String {
        guard let underlying else { return "\(code): \(message)" }
        return "\(code): \(message) (\(underlying))"
    }

    init(_ code: Code, _ message: String, underlying: (any Error)? = nil, isRetriable: Bool = false) {
        self.code = code
        self.message = message
        self.underlying = underlying
        self.isRetriable = isRetriable
    }
}

extension SupervisionError {
    /// The kinds of error; more may be added.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String {
            case escalated, duplicateName, unknownProcess, killSwitchEngaged, alreadyRunning, threadUnavailable
        }

        private let value: Value

        /// A process failed in a way its policy doesn't deal with, so its group failed.
        public static let escalated = Code(value: .escalated)
        /// A process of this name is in the group.
        public static let duplicateName = Code(value: .duplicateName)
        /// No process of this name is in the group.
        public static let unknownProcess = Code(value: .unknownProcess)
        /// The kill switch is engaged: nothing is started.
        public static let killSwitchEngaged = Code(value: .killSwitchEngaged)
        /// The group's `run()` hasn't returned yet.
        public static let alreadyRunning = Code(value: .alreadyRunning)
        /// The system gave no thread.
        public static let threadUnavailable = Code(value: .threadUnavailable)

        public var description: String { value.rawValue }
    }
}

extension SupervisionError {
    package static func escalated(_ name: String, _ reason: StopReason, underlying: (any Error)?) -> SupervisionError {
        let message = """
            The process group stopped because of process "\(name)": \(reason). Remove the cause, or give the process a \
            policy that allows more restarts or stops it instead of escalating.
            """
        var isRetriable = true
        if case .failed(.permanent) = reason { isRetriable = false }
        return SupervisionError(.escalated, message, underlying: underlying, isRetriable: isRetriable)
    }

    static func duplicateName(_ name: String, isLeaving: Bool) -> SupervisionError {
        let message =
            isLeaving
            ? "Process \"\(name)\" is being removed and hasn't ended yet. Await its removal, then add it again."
            : "A process \"\(name)\" is in the group. Remove it first, or choose another name."
        return SupervisionError(.duplicateName, message, isRetriable: isLeaving)
    }

    static func unknownProcess(_ name: String) -> SupervisionError {
        SupervisionError(.unknownProcess, "No process \"\(name)\" is in the group. Add it first.")
    }

    static func killSwitchEngaged(_ name: String) -> SupervisionError {
        let message = "Process \"\(name)\" wasn't started: the kill switch is engaged. Release it first."
        return SupervisionError(.killSwitchEngaged, message, isRetriable: true)
    }

    static func alreadyRunning() -> SupervisionError {
        SupervisionError(.alreadyRunning, "The process group is running. Call run() once, and again after it returned.")
    }

    static func threadUnavailable(_ number: Int32) -> SupervisionError {
        let message = """
            The system gave no thread for the watchdog (error number \(number)). Raise the limit on threads or memory.
            """
        return SupervisionError(.threadUnavailable, message, isRetriable: true)
    }
}
