/// A body failed under one seed.
public struct SimulationFailure: Error, CustomStringConvertible {
    /// The seed of the run that failed.
    public let seed: UInt64
    /// What the body threw, or the ``SimulationError`` that ended it.
    public let underlying: any Error
    /// The shell command that runs this seed again, in the same build configuration.
    public let command: String
    /// The hash of all steps up to the failure.
    public let traceHash: UInt64
    /// The last steps, if they were recorded.
    public let trace: [String]

    private let hint: String

    init(
        seed: UInt64, underlying: any Error, replay: SimulationReplay, traceHash: UInt64, trace: [String]
    ) {
        self.seed = seed
        self.underlying = underlying
        self.traceHash = traceHash
        self.trace = trace
        command = replay.command(seed: seed)
        hint = replay.hint
    }

    public var description: String {
        let steps = trace.isEmpty ? "" : "\nthe last steps:\n" + trace.map { "  \($0)\n" }.joined()
        return """
            seed \(seed) failed in a \(SimulationReplay.buildConfiguration) build: \(underlying)
            replay it with: \(command)
            \(hint)\(steps)
            """
    }
}
