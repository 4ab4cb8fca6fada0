public import Supervision

/// A simulation can't go on.
public struct SimulationError: ClassifiedError, CustomStringConvertible {
    /// What went wrong.
    public struct Code: Sendable, Hashable {
        enum Value { case stuck, tooManySteps, tooMuchTime, threadNotStarted, unsupported, invalidSeed }
        let value: Value

        /// The body waits, but nothing is left to run and no timer is set.
        public static let stuck = Code(value: .stuck)
        /// The run took more steps than its configuration allows.
        public static let tooManySteps = Code(value: .tooManySteps)
        /// The virtual clock went further than the configuration allows.
        public static let tooMuchTime = Code(value: .tooMuchTime)
        /// The system refused a thread.
        public static let threadNotStarted = Code(value: .threadNotStarted)
        /// The compiler is too old: simulations need Swift 6.3.
        public static let unsupported = Code(value: .unsupported)
        /// `MILLRACE_SEED` is not a number.
        public static let invalidSeed = Code(value: .invalidSeed)
    }

    /// What went wrong; decide by this.
    public let code: Code
    /// What happened and what to do.
    public let message: String

    public var errorClass: ErrorClass { .permanent }
    public var description: String { message }

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
