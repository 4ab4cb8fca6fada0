#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif
import ActorProcessingTesting

/// The seeds that each guarantee is tested with: a thousand, or as many as `MILLRACE_SEEDS` says.
enum GuaranteeSeeds {
    static var all: Range<UInt64> { 0..<count }

    private static var count: UInt64 {
        guard let text = unsafe getenv("MILLRACE_SEEDS") else { return 1000 }
        return UInt64(unsafe String(cString: text)) ?? 1000
    }

    /// Two shards, and a day of virtual time: what takes longer waits for what doesn't come.
    static var configuration: SimulationConfiguration {
        var configuration = SimulationConfiguration()
        configuration.maximumTime = .seconds(86_400)
        configuration.maximumSteps = 2_000_000
        return configuration
    }
}
