import Synchronization

/// What the shards of a reactor know of whether its feed finds events again.
final class ReplayKnowledge: Sendable {
    enum Answer {
        case known(Bool)
        /// Nobody knows; whether the caller is the one to ask.
        case unknown(isAsker: Bool)
    }

    private enum State {
        case unknown, asked
        case known(Bool)
    }

    private let state = Mutex(State.unknown)

    /// What is known. One of those who are told that nothing is has to ask.
    func begin() -> Answer {
        state.withLock { state in
            switch state {
            case .known(let can): return .known(can)
            case .asked: return .unknown(isAsker: false)
            case .unknown:
                state = .asked
                return .unknown(isAsker: true)
            }
        }
    }

    func answered(_ can: Bool) { state.withLock { $0 = .known(can) } }

    /// There was no answer: somebody else may ask.
    func failed() { state.withLock { $0 = .unknown } }
}
