import Sharding
import Supervision
import Synchronization

/// Somebody wants a reactor to stop: told once, and heard by whoever waits for it, then or later.
final class StopSignal: Sendable {
    private struct State {
        var isGiven = false
        var lastNumber = 0
        var waiting: [(number: Int, wakeUp: WakeUp)] = []
    }

    private let state = Mutex(State())

    var isGiven: Bool { state.withLock { $0.isGiven } }

    func give() {
        let waiting = state.withLock { state in
            state.isGiven = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for (_, wakeUp) in waiting { wakeUp.wake() }
    }

    /// Suspends until the signal is given.
    ///
    /// - Throws: `CancellationError` when the task is cancelled before.
    func wait() async throws { try await wait(for: WakeUp()) }

    /// Suspends until the signal is given, or until the deadline.
    ///
    /// - Returns: whether it is given.
    /// - Throws: `CancellationError` when the task is cancelled before.
    func wait(until deadline: RuntimeInstant, on executor: ShardExecutor) async throws -> Bool {
        let wakeUp = WakeUp()
        executor.schedule(wakeUp, at: deadline)
        try await wait(for: wakeUp)
        return isGiven
    }

    private func wait(for wakeUp: WakeUp) async throws {
        let number: Int? = state.withLock { state in
            if state.isGiven { return nil }
            state.lastNumber += 1
            state.waiting.append((state.lastNumber, wakeUp))
            return state.lastNumber
        }
        guard let number else { return }
        defer { state.withLock { state in state.waiting.removeAll { $0.number == number } } }
        try await wakeUp.wait()
    }
}
