import Supervision
import Synchronization

/// A clock that moves only when a test says so.
final class ManualClock: RuntimeClock {
    private struct Sleeper {
        var id: UInt64
        var deadline: RuntimeInstant
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = RuntimeInstant.zero
        var nextID: UInt64 = 0
        var sleepers: [Sleeper] = []
        var cancelled: Set<UInt64> = []
        var watchers: [(deadline: RuntimeInstant?, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var now: RuntimeInstant { state.withLock { $0.now } }
    var minimumResolution: Duration { .nanoseconds(1) }
    var wallTime: Timestamp { Timestamp(nanosecondsSince1970: now.nanoseconds) }

    func sleep(until deadline: RuntimeInstant, tolerance: Duration?) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enum Outcome { case due, cancelled, sleeping([CheckedContinuation<Void, Never>]) }
                let outcome = state.withLock { state -> Outcome in
                    if state.cancelled.remove(id) != nil { return .cancelled }
                    if deadline <= state.now { return .due }
                    state.sleepers.append(Sleeper(id: id, deadline: deadline, continuation: continuation))
                    let awake = state.watchers.filter { $0.deadline == nil || $0.deadline == deadline }
                    state.watchers.removeAll { $0.deadline == nil || $0.deadline == deadline }
                    return .sleeping(awake.map(\.continuation))
                }
                switch outcome {
                case .due: continuation.resume()
                case .cancelled: continuation.resume(throwing: CancellationError())
                case .sleeping(let watchers): for watcher in watchers { watcher.resume() }
                }
            }
        } onCancel: {
            let continuation = state.withLock { state -> CheckedContinuation<Void, any Error>? in
                guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                    state.cancelled.insert(id)
                    return nil
                }
                return state.sleepers.remove(at: index).continuation
            }
            continuation?.resume(throwing: CancellationError())
        }
    }

    /// Returns when somebody sleeps until exactly this instant (until any, if nil), or when the task is cancelled.
    func waitForSleeper(until deadline: RuntimeInstant? = nil) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isThere = state.withLock { state -> Bool in
                    let isSleeping = state.sleepers.contains { deadline == nil || $0.deadline == deadline }
                    if isSleeping || Task.isCancelled { return true }
                    state.watchers.append((deadline, continuation))
                    return false
                }
                if isThere { continuation.resume() }
            }
        } onCancel: {
            let watchers = state.withLock { state in
                defer { state.watchers = [] }
                return state.watchers
            }
            for watcher in watchers { watcher.continuation.resume() }
        }
    }

    /// Moves to an instant and wakes those who sleep until then or earlier, by deadline.
    func advance(to instant: RuntimeInstant) {
        let due = state.withLock { state -> [Sleeper] in
            state.now = max(state.now, instant)
            let due = state.sleepers.filter { $0.deadline <= state.now }
            state.sleepers.removeAll { $0.deadline <= state.now }
            return due.sorted { ($0.deadline, $0.id) < ($1.deadline, $1.id) }
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    /// Runs work with a clock that jumps to the next deadline whenever somebody sleeps.
    func jumping<Result: Sendable>(
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                while !Task.isCancelled {
                    await self.waitForSleeper()
                    self.advanceToNextDeadline()
                }
                return nil
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    private func advanceToNextDeadline() {
        if let next = state.withLock({ $0.sleepers.map(\.deadline).min() }) { advance(to: next) }
    }
}
