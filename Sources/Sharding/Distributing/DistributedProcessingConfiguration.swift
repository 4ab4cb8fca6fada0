/// How a node of a deployment behaves.
public struct DistributedProcessingConfiguration: Sendable, Hashable {
    /// For how long leases run; 10 s unless told, and at least 1 s. They are renewed every third of it. A node's processes
    /// run elsewhere this long after it has died.
    ///
    /// Nodes of one deployment may differ.
    public var ttl: Duration = .seconds(10)

    /// How much earlier than the store a node takes its leases for run out; `nil` for a tenth of ``ttl`` and at least 100 ms.
    /// At most half of ``ttl``.
    public var margin: Duration?

    /// How often the store is asked whether anything has changed; 100 ms unless told, more than zero and at most a third of
    /// ``ttl``.
    public var pollInterval: Duration = .milliseconds(100)

    /// How many running processes may be on the move for balance at once; `nil` for an eighth of all and at least 8. Zero
    /// moves none for balance. What an operator asks for isn't counted. The same on all nodes of a deployment, which plan
    /// by it.
    public var maximumMovesPerRound: Int?

    /// How long a process may take to end when it is asked to, before it is cancelled; 10 s unless told.
    public var drainGrace: Duration = .seconds(10)

    /// How long a cancelled process may take to end before it counts as abandoned; 5 s unless told.
    public var abortGrace: Duration = .seconds(5)

    /// How long a process must run for its backoff to begin anew when it ends; 60 s unless told.
    public var stableAfter: Duration = .seconds(60)

    /// How long this node doesn't offer a process that has failed past its restart policy; 60 s unless told. After that it
    /// may come back with all its restarts.
    public var givesUpFor: Duration = .seconds(60)

    /// What to do when the store shows a node of the same name; ``NameConflict/wait`` unless told.
    public var nameConflict = NameConflict.wait

    /// What to do when the store shows a node of the same name.
    public enum NameConflict: Sendable, Hashable {
        /// Wait until its lease has lapsed, as that of a node which was killed does; refuse as soon as it is renewed.
        case wait
        /// Refuse at once.
        case refuse
    }

    /// The defaults.
    public init() {}

    /// - Throws: ``LeaseError`` of code ``LeaseError/Code/invalid``.
    func check() throws(LeaseError) {
        func require(_ isRight: Bool, _ message: String) throws(LeaseError) {
            if !isRight { throw LeaseError(.invalid, message) }
        }
        try require(ttl >= .seconds(1), "ttl is \(ttl): give leases at least 1 s")
        let margin = terms.margin
        try require(margin >= .zero && margin <= ttl / 2, "margin is \(margin): choose 0 up to half of ttl, \(ttl / 2)")
        try require(
            pollInterval > .zero && pollInterval <= ttl / 3,
            "pollInterval is \(pollInterval): choose more than zero and at most a third of ttl, \(ttl / 3)")
        try require((maximumMovesPerRound ?? 0) >= 0, "maximumMovesPerRound is negative: choose 0 or more")
        for (name, duration) in [
            ("drainGrace", drainGrace), ("abortGrace", abortGrace), ("stableAfter", stableAfter),
            ("givesUpFor", givesUpFor),
        ] {
            try require(duration >= .zero, "\(name) is \(duration): choose zero or more")
        }
        try require(
            givesUpFor > .zero, "givesUpFor is zero: a process that fails at once would be started without a pause")
    }

    var terms: LeaseTerms { LeaseTerms(ttl: ttl, margin: margin) }
    /// How often leases are renewed.
    var renewalInterval: Duration { ttl / 3 }
    /// How soon after a failure the store is asked again.
    var retryInterval: Duration { max(pollInterval, ttl / 12) }
    /// How long the store may keep a node waiting for a change.
    var lookPatience: Duration { min(.seconds(2), ttl / 4) }
    /// How old what a node knows of the others' leases may get, though nothing seems to change.
    var pictureInterval: Duration { ttl * 6 }
    /// How long a call to the store may take before it is given up.
    var callTimeout: Duration { ttl / 2 }
}
