import ActorProcessingTesting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The seeds that each guarantee is tested with: the first thousand, or those that `MILLRACE_SEEDS` names, as `5000` for
/// the first five thousand, or as `1000-2000` for those from 1,000 up to, and without, 2,000.
enum GuaranteeSeeds {
    static var all: Range<UInt64> { first(1000) }

    /// So many, or those that the variable names.
    static func first(_ count: UInt64) -> Range<UInt64> {
        guard let variable = unsafe getenv("MILLRACE_SEEDS") else { return 0..<count }
        let text = unsafe String(cString: variable)
        let bounds = text.split(separator: "-", omittingEmptySubsequences: false).map { UInt64($0) }
        switch bounds.count {
        case 1: if let end = bounds[0], end > 0 { return 0..<end }
        case 2: if let first = bounds[0], let end = bounds[1], first < end { return first..<end }
        default: break
        }
        preconditionFailure(
            "MILLRACE_SEEDS is '\(text)': set it to a number of seeds, as 5000, or to a range, as 1000-2000")
    }

    /// Two shards, and a day of virtual time: what takes longer waits for what doesn't come.
    static var configuration: SimulationConfiguration {
        var configuration = SimulationConfiguration()
        configuration.maximumTime = .seconds(86_400)
        configuration.maximumSteps = 2_000_000
        return configuration
    }
}
