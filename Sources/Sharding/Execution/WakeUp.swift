public import Supervision
import Synchronization

/// Wakes one waiting task once: by ``wake()`` or by the task's cancellation.
package final class WakeUp: Sendable {
    @safe private enum State {
        case created
        case waiting(UnsafeContinuation<Bool, Never>)
        case done(woken: Bool)
    }

    private let state = Mutex(State.created)

    package init() {}

    /// Suspends until ``wake()``, also one that came before.
    ///
    /// The isolation is passed by hand: without it the cancellation handler's caller would change threads.
    ///
    /// - Throws: `CancellationError` when the task is cancelled before.
    package func wait(isolation: isolated (any Actor)? = #isolation) async throws {
        let woken = await withTaskCancellationHandler {
            // A closure has its function's isolation only if it captures it.
            _ = isolation
            return unsafe await withUnsafeContinuation { (continuation: UnsafeContinuation<Bool, Never>) in
                let early: Bool? = state.withLock { state in
                    if case .done(let woken) = state { return woken }
                    unsafe state = .waiting(continuation)
                    return nil
                }
                if let early { unsafe continuation.resume(returning: early) }
            }
        } onCancel: {
            end(woken: false)
        }
        if !woken { throw CancellationError() }
    }

    /// Lets the waiting task go on.
    package func wake() { end(woken: true) }

    private func end(woken: Bool) {
        let waiting: UnsafeContinuation<Bool, Never>? = unsafe state.withLock { state in
            switch state {
            case .created:
                state = .done(woken: woken)
                return nil
            case .waiting(let continuation):
                state = .done(woken: woken)
                return unsafe continuation
            case .done:
                return nil
            }
        }
        unsafe waiting?.resume(returning: woken)
    }
}

extension WakeUp: TimerTarget {
    package func timerFired() { wake() }

    package var isAwaited: Bool {
        state.withLock { state in
            if case .done = state { false } else { true }
        }
    }
}

extension ShardExecutor {
    /// Suspends the calling task until `deadline`, without holding a thread.
    ///
    /// - Throws: `CancellationError` when the task is cancelled before.
    public func sleep(until deadline: RuntimeInstant, isolation: isolated (any Actor)? = #isolation) async throws {
        let wakeUp = WakeUp()
        schedule(wakeUp, at: deadline)
        try await wakeUp.wait()
    }
}
