import Synchronization

/// How a run ended, once it has; any number of tasks may wait for it.
final class TerminationPromise: Sendable {
    private enum State {
        case open([CheckedContinuation<Termination, Never>])
        case kept(Termination)
    }

    private let state = Mutex(State.open([]))

    /// How the run ended; waits until it has, whether or not the waiting task is cancelled.
    var value: Termination {
        get async {
            await withCheckedContinuation { continuation in
                let termination = state.withLock { state -> Termination? in
                    switch state {
                    case .kept(let termination): return termination
                    case .open(let waiting):
                        state = .open(waiting + [continuation])
                        return nil
                    }
                }
                if let termination { continuation.resume(returning: termination) }
            }
        }
    }

    /// Tells everyone who waits; only the first call counts.
    func keep(_ termination: Termination) {
        let waiting = state.withLock { state -> [CheckedContinuation<Termination, Never>] in
            guard case .open(let waiting) = state else { return [] }
            state = .kept(termination)
            return waiting
        }
        for continuation in waiting { continuation.resume(returning: termination) }
    }
}
