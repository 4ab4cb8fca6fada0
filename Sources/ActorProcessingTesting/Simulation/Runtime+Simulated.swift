public import Sharding

extension Runtime {
    /// Runs everything in the simulation that the calling thread is in, in the order that the simulation's seed
    /// decides, on its virtual clock.
    ///
    /// Starting it outside of ``simulate(seeds:configuration:function:_:)`` fails. It may be started several times.
    ///
    /// - Parameters:
    ///   - seed: where the runtime's own randomness comes from, like that of its backoff.
    ///   - shards: 1 to 1,024.
    public static func simulated(seed: UInt64, shards: Int = 2) -> Runtime {
        let identity = Identity()
        return Runtime(identity: identity) {
            guard let scheduler = SimulationScheduler.current else {
                throw RuntimeError(
                    .outsideOfSimulation,
                    "a simulated runtime runs only inside of a simulation: start it in the body of `simulate(seeds:)`")
            }
            return try scheduler.start(identity, seed: seed, shards: shards)
        }
    }
}
