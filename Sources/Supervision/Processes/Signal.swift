import Synchronization

/// Wakes one waiting task. A signal raised while nobody waits is kept for the next wait; further ones are the same.
final class Signal: Sendable {
    private struct State {
        var isRaised = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Whether it was raised and nobody has waited for it since.
    var isRaised: Bool { state.withLock { $0.isRaised } }

    /// Wakes the task that waits, or the next one to.
    func raise() {
        let waiter = state.withLock { state in
            let waiter = state.waiter.take()
            state.isRaised = waiter == nil
            return waiter
        }
        waiter?.resume()
    }

    // Isolation is passed by hand here and below: the standard library's functions take closures that would otherwise
    // leave the caller's executor for the thread pool, and come back.

    /// Waits until the signal is raised, whether or not the task is cancelled. One task may wait at a time.
    func wait(isolation: isolated (any Actor)? = #isolation) async {
        await withCheckedContinuation(isolation: isolation) { continuation in
            let isRaised = state.withLock { state in
                precondition(state.waiter == nil, "two tasks wait for one signal")
                if !state.isRaised { state.waiter = continuation }
                defer { state.isRaised = false }
                return state.isRaised
            }
            if isRaised { continuation.resume() }
        }
    }

    /// Waits until the signal is raised or the task is cancelled.
    func waitUnlessCancelled(isolation: isolated (any Actor)? = #isolation) async {
        await withTaskCancellationHandler(
            operation: { await wait(isolation: isolation) },
            onCancel: { raise() },
            isolation: isolation
        )
    }
}
