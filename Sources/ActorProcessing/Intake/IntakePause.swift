import Sharding
import Synchronization

/// Holds the intake back while something is full: a stash, or what waits to be delivered.
final class IntakePause: Sendable {
    private struct State {
        var reasons = 0
        var waiting = WakeUpList()
    }

    private let state = Mutex(State())

    /// One more reason to pause.
    func add() { state.withLock { $0.reasons += 1 } }

    /// One reason less.
    func remove() {
        let waiting = state.withLock { state -> WakeUpList in
            state.reasons -= 1
            return state.reasons == 0 ? state.waiting.takeAll() : WakeUpList()
        }
        waiting.wake()
    }

    var isPaused: Bool { state.withLock { $0.reasons > 0 } }

    /// `nil` when nothing pauses the intake, or what will be woken when nothing does.
    func wait() -> WakeUp? {
        state.withLock { state in
            if state.reasons == 0 { return nil }
            let wakeUp = WakeUp()
            state.waiting.add(wakeUp)
            return wakeUp
        }
    }
}
