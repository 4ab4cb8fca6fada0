#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How a failing seed is run again: which seed the environment asks for, and the command that asks for it.
struct SimulationReplay {
    #if DEBUG
        static let buildConfiguration = "debug"
    #else
        static let buildConfiguration = "release"
    #endif

    /// The only seed to run.
    let seed: UInt64?
    /// Whether the environment asks for readable traces.
    let recordsTrace: Bool
    private let hashesDeterministically: Bool
    private let function: String

    init(function: String, environment: (String) -> String? = Self.variable) throws(SimulationError) {
        self.function = String(function.prefix { $0 != "(" })
        recordsTrace = environment("MILLRACE_TRACE") != nil
        hashesDeterministically = environment("SWIFT_DETERMINISTIC_HASHING") != nil
        guard let text = environment("MILLRACE_SEED") else {
            seed = nil
            return
        }
        guard let number = UInt64(text) else {
            throw SimulationError(.invalidSeed, "MILLRACE_SEED is '\(text)': set it to a number from 0 to 2^64 - 1")
        }
        seed = number
    }

    func applied(to configuration: SimulationConfiguration) -> SimulationConfiguration {
        var configuration = configuration
        if recordsTrace { configuration.recordsTrace = true }
        return configuration
    }

    func command(seed: UInt64) -> String {
        let release = Self.buildConfiguration == "release" ? " -c release" : ""
        return "SWIFT_DETERMINISTIC_HASHING=1 MILLRACE_SEED=\(seed) swift test\(release) --filter \(function)"
    }

    /// What else to know about replaying.
    var hint: String {
        let steps = "MILLRACE_TRACE=1 shows the steps."
        if hashesDeterministically { return steps }
        return """
            \(steps) This run hashed with random seeds: should the replay pass, the failure depends on the order of a \
            Set or Dictionary; then run all seeds with SWIFT_DETERMINISTIC_HASHING=1.
            """
    }

    static func variable(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }
}
