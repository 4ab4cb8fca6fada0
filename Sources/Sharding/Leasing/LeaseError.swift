public import Supervision

/// A lease couldn't be had, or not be kept.
public struct LeaseError: ClassifiedError, CustomStringConvertible {
    /// What went wrong.
    public struct Code: Sendable, Hashable {
        enum Value { case held, lost, nameTaken, unknownProcess, duplicateName, invalid, unavailable, alreadyRunning }
        let value: Value

        /// Another holds the lease.
        public static let held = Code(value: .held)
        /// The lease has run out, or was taken away.
        public static let lost = Code(value: .lost)
        /// A live node, or a deployment in this process, has the name already.
        public static let nameTaken = Code(value: .nameTaken)
        /// There is no process of this name.
        public static let unknownProcess = Code(value: .unknownProcess)
        /// There is a process of this name already.
        public static let duplicateName = Code(value: .duplicateName)
        /// A name, a time or another setting is out of range.
        public static let invalid = Code(value: .invalid)
        /// The store doesn't answer, or not in time; what was asked may or may not have been done.
        public static let unavailable = Code(value: .unavailable)
        /// It runs already, or has run: make a new one.
        public static let alreadyRunning = Code(value: .alreadyRunning)
    }

    /// What went wrong; decide by this.
    public let code: Code
    /// What happened and what to do, for people.
    public let message: String
    /// What the store reported.
    public let underlying: (any Error)?

    /// Only what another holds or a store that doesn't answer may be asked for again.
    public var errorClass: ErrorClass { code == .unavailable || code == .held ? .retriable : .permanent }
    public var description: String { message }

    /// An error about a lease.
    ///
    /// - Parameters:
    ///   - code: what went wrong.
    ///   - message: what happened and what to do, for people.
    ///   - underlying: what the store reported.
    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    static func lost(_ scope: Fence.Scope) -> LeaseError {
        LeaseError(.lost, "the lease of \(scope) has run out or was taken away: stop, and commit nothing more")
    }
}
