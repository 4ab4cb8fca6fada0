public import Supervision

/// A runtime could not be started.
public struct RuntimeError: ClassifiedError, CustomStringConvertible {
    /// What went wrong.
    public struct Code: Sendable, Hashable {
        enum Value { case threadNotStarted, invalidShardCount, outsideOfSimulation }
        let value: Value

        /// The system refused a thread.
        public static let threadNotStarted = Code(value: .threadNotStarted)
        /// The number of shards is out of range.
        public static let invalidShardCount = Code(value: .invalidShardCount)
        /// A simulated runtime was started where no simulation runs.
        public static let outsideOfSimulation = Code(value: .outsideOfSimulation)
    }

    /// What went wrong; decide by this.
    public let code: Code
    /// What happened and what to do.
    public let message: String

    /// Only a thread may be had later.
    public var errorClass: ErrorClass { code == .threadNotStarted ? .retriable : .permanent }
    public var description: String { message }

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
