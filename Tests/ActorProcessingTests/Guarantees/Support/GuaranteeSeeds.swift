import ActorProcessingTesting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The seeds that each guarantee is tested with: the first sixty, or those that `MILLRACE_SEEDS` names, as `5000` or `1000-2000`.
enum GuaranteeSeeds {
    static var all: Range<UInt64> {
        guard let text = unsafe getenv("MILLRACE_SEEDS") else { return 0..<60 }
        let bounds = unsafe String(cString: text).split(separator: "-").compactMap { UInt64($0) }
        return bounds.count == 2 ? bounds[0]..<bounds[1] : 0..<(bounds.first ?? 60)
    }

    /// Two shards, and a day of virtual time: what takes longer waits for what doesn't come.
    static var configuration: SimulationConfiguration {
        var configuration = SimulationConfiguration()
        configuration.maximumTime = .seconds(86_400)
        configuration.maximumSteps = 2_000_000
        return configuration
    }
}
