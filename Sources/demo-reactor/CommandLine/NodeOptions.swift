/// The options of the command `node`, which `distributed` starts processes with.
struct NodeOptions: Equatable {
    var name: String
    /// The file that the nodes meet in.
    var state: String
    var slots: Int
    /// For how long leases run.
    var ttl: Duration
    var seed: UInt64

    init(name: String, state: String, slots: Int, ttl: Duration, seed: UInt64) {
        self.name = name
        self.state = state
        self.slots = slots
        self.ttl = ttl
        self.seed = seed
    }

    init(_ arguments: ArraySlice<String>) throws(UsageError) {
        self.init(name: "", state: "", slots: 0, ttl: .zero, seed: 0)
        let (seen, _) = try ArgumentReader.read(arguments, of: "node") { option, rest throws(UsageError) in
            switch option {
            case "--name": name = try rest.text("a name")
            case "--state": state = try rest.text("a file")
            case "--slots": slots = try rest.number(in: DistributedOptions.slotRange)
            case "--ttl": ttl = .seconds(try rest.number(in: DistributedOptions.ttlRange))
            case "--seed": seed = try rest.number(in: 0...UInt64.max)
            default: return false
            }
            return true
        }
        guard seen == ["--name", "--state", "--slots", "--ttl", "--seed"] else {
            throw UsageError("'node' is for the command 'distributed', which starts its nodes with it: use that one")
        }
    }

    /// The command line that says the same.
    var arguments: [String] {
        [
            "node", "--name", name, "--state", state, "--slots", "\(slots)", "--ttl", "\(ttl.components.seconds)",
            "--seed", "\(seed)",
        ]
    }
}
