import Supervision

/// Decides which fault comes next; the same seed and the same nodes lead to the same faults.
struct ChaosMachine {
    enum Action: Sendable, Hashable {
        case kill(String, startAfter: Duration)
        case freeze(String, for: Duration)
        case freezeInWrite(String, for: Duration)
        /// It isn't started again for `nil`.
        case stop(String, startAfter: Duration?)
        case join
    }

    private let ttl: Duration
    private let nodes: Int
    private var random: SplitMix64

    /// - Parameters:
    ///   - ttl: for how long leases run.
    ///   - nodes: how many nodes there are to be; now and then there are two more.
    init(seed: UInt64, ttl: Duration, nodes: Int) {
        self.ttl = ttl
        self.nodes = nodes
        random = SplitMix64(seed: seed)
    }

    /// The next fault; `nil` while there are too few nodes that run: one is always left.
    ///
    /// - Parameters:
    ///   - conditions: the nodes that live.
    ///   - names: these, and those that are to be started again.
    mutating func next(_ conditions: [String: NodeCondition], names: Int) -> Action? {
        let running = conditions.filter { $0.value == .running }.keys.sorted()
        guard running.count > 1 else { return nil }
        let node = running[Int.random(in: 0..<running.count, using: &random)]
        switch Int.random(in: 0..<12, using: &random) {
        case 0...2: return .kill(node, startAfter: time(0...15))
        case 3...4: return .freeze(node, for: time(1...7))
        case 5...7: return .freeze(node, for: time(11...25))
        case 8: return .freezeInWrite(node, for: time(5...50))
        case 9...10: return .stop(node, startAfter: names > nodes ? nil : time(0...10))
        default: return names < nodes + 2 ? .join : .stop(node, startAfter: nil)
        }
    }

    /// How long to wait before the next one: often less than it takes to recover.
    mutating func pause() -> Duration { time(0...5) }

    /// In tenths of a lease.
    private mutating func time(_ tenths: ClosedRange<Int>) -> Duration {
        ttl * Int.random(in: (10 * tenths.lowerBound)...(10 * tenths.upperBound), using: &random) / 100
    }
}
