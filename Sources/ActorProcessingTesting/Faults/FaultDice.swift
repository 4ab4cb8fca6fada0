import Supervision
import Synchronization

/// Draws what befalls the calls of one part of a simulated world, and counts it against a limit.
final class FaultDice: Sendable {
    fileprivate struct State {
        var random: SplitMix64
        var left: Int
    }

    private let state: Mutex<State>

    init(_ random: SplitMix64, limit: Int = .max) {
        state = Mutex(State(random: random, left: limit))
    }

    /// Whether something of this chance happens.
    func happens(_ chance: Double) -> Bool { state.withLock { $0.chance() < chance } }

    /// Whether something of this chance happens that counts against the limit.
    func strikes(_ chance: Double) -> Bool {
        state.withLock { state in
            guard state.chance() < chance, state.left > 0 else { return false }
            state.left -= 1
            return true
        }
    }

    /// Whether a failure of this chance happens, and if so whether after the work is done.
    func failure(_ chance: Double) -> (before: Bool, after: Bool) {
        let isLate = happens(0.5)
        let strikes = strikes(chance)
        return (strikes && !isLate, strikes && isLate)
    }

    func number(in range: ClosedRange<Int>) -> Int {
        state.withLock { Int.random(in: range, using: &$0.random) }
    }

    func duration(in range: ClosedRange<Duration>) -> Duration {
        range.lowerBound + (range.upperBound - range.lowerBound) * state.withLock { $0.chance() }
    }

    func split() -> SplitMix64 { state.withLock { $0.random.split() } }
}

extension FaultDice.State {
    fileprivate mutating func chance() -> Double { Double(random.next() >> 11) / Double(1 << 53) }
}
