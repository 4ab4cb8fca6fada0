import ActorProcessing
import Supervision
import Synchronization

/// The faults that lie in events, the same for every process that handles them.
final class EventFaults: Sendable {
    private struct Key: Hashable {
        var stream: StreamName
        var index: Int64
    }

    private struct State {
        var left: [Key: Int] = [:]
        var isHealed = false
    }

    private let plan: HandlerFaultPlan
    private let seed: UInt64
    private let state = Mutex(State())

    init(_ plan: HandlerFaultPlan, random: SplitMix64) {
        var random = random
        self.plan = plan
        seed = random.next()
    }

    /// What is permanent isn't any more.
    func heal() { state.withLock { $0.isHealed = true } }

    var isHealed: Bool { state.withLock { $0.isHealed } }

    /// The first event among these that is to fail now.
    func failing(of span: some Sequence<Event>) -> Event? {
        guard plan.transient > 0 || plan.permanent > 0 else { return nil }
        return span.first { fails(Key(stream: $0.stream, index: $0.index)) }
    }

    private func fails(_ key: Key) -> Bool {
        state.withLock { state in
            if state.isHealed { return false }
            let left = state.left[key] ?? draw(key)
            if left > 0 { state.left[key] = left - 1 }
            return left > 0
        }
    }

    /// How often an event fails depends on nothing but the seed and its name.
    private func draw(_ key: Key) -> Int {
        var random = SplitMix64(seed: seed ^ key.stream.stableHash &+ UInt64(bitPattern: key.index) &* 0x9E37_79B9)
        _ = random.next()
        let chance = Double(random.next() >> 11) / Double(1 << 53)
        if chance < plan.permanent { return .max }
        if chance < plan.permanent + plan.transient { return Int.random(in: plan.transientTimes, using: &random) }
        return 0
    }
}
