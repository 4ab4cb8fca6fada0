/// The options of the command `distributed`.
struct DistributedOptions: Equatable {
    static let slotRange = 1...1000
    static let ttlRange = 1...60

    var nodes = 3
    /// Events to make, at least; `nil` for what suits what is played.
    var events: Int?
    var slots = 12
    /// For how long leases run.
    var ttl = Duration.seconds(2)
    var seed: UInt64 = 1
    /// The file that the nodes meet in; `nil` for one in the system's folder for temporary files.
    var state: String?
    /// The folder for temporary files keeps them, whatever comes out.
    var keepsFiles = false
    /// Rounds of faults at random; `nil` for the play with one of each.
    var rounds: Int?
    var isQuiet = false
    var hasColor = true

    init() {}

    init(_ arguments: ArraySlice<String>) throws(UsageError) {
        try ArgumentReader.read(arguments, of: "distributed") { option, rest throws(UsageError) in
            try take(option, &rest)
        }
        #if !SQLite
            throw UsageError("'distributed' needs a build with the package trait SQLite")
        #endif
    }

    private mutating func take(_ option: String, _ rest: inout ArgumentReader) throws(UsageError) -> Bool {
        switch option {
        case "--nodes": nodes = try rest.number(in: 3...16)
        case "--events": events = try rest.number(in: 1...10_000_000)
        case "--slots": slots = try rest.number(in: Self.slotRange)
        case "--ttl": ttl = .seconds(try rest.number(in: Self.ttlRange))
        case "--seed": seed = try rest.number(in: 0...UInt64.max)
        case "--state": state = try rest.text("a file")
        case "--keep": keepsFiles = try rest.flag()
        case "--chaos": rounds = try rest.number(in: 1...100_000)
        case "--quiet": isQuiet = try rest.flag()
        case "--no-color": hasColor = try !rest.flag()
        default: return false
        }
        return true
    }

    /// How many events are made.
    var eventCount: Int { events ?? rounds.map { max(2_000, 100 * $0) } ?? 20_000 }

    /// The command that does the same again.
    var command: String {
        "demo-reactor distributed" + (rounds.map { " --chaos \($0)" } ?? "")
            + " --seed \(seed) --nodes \(nodes) --slots \(slots) --ttl \(ttl.components.seconds) --events \(eventCount)"
    }
}
