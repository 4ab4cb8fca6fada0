/// The limits of each seed's run, and what is kept of it.
public struct SimulationConfiguration: Sendable {
    /// How many shards ``Simulation/runtime(shards:)`` gives; 1 to 1,024.
    public var shards = 2
    /// How many jobs may run before the run counts as endless.
    public var maximumSteps = 20_000_000
    /// How far the virtual clock may go before the run counts as endless.
    public var maximumTime = Duration.seconds(10 * 365 * 86_400)
    /// Whether each step is kept as a readable line. The environment variable `MILLRACE_TRACE` turns it on too.
    public var recordsTrace = false

    /// Two shards, and limits that an honest run doesn't meet.
    public init() {}
}
