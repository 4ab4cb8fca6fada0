import Supervision
import Synchronization

/// A clock that moves only when told; whoever sleeps on it is counted, so that a test can wait for sleepers.
final class ManualClock: RuntimeClock {
    private struct Sleeper {
        let id: UInt64
        let deadline: RuntimeInstant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = RuntimeInstant.zero
        var lastID: UInt64 = 0
        var sleepers: [Sleeper] = []
        var cancelled: Set<UInt64> = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var now: RuntimeInstant { state.withLock { $0.now } }
    var minimumResolution: Duration { .nanoseconds(1) }
    var wallTime: Timestamp { Timestamp(nanosecondsSince1970: now.nanoseconds) }

    /// When the sleepers want to be woken, soonest first.
    var deadlines: [RuntimeInstant] { state.withLock { $0.sleepers.map(\.deadline).sorted() } }

    func sleep(until deadline: RuntimeInstant, tolerance: Duration?) async throws {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                add(Sleeper(id: id, deadline: deadline, continuation: continuation))
            }
        } onCancel: {
            cancel(id)
        }
    }

    /// Moves the clock and wakes whoever is due.
    func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.deadline <= state.now }
            state.sleepers.removeAll { $0.deadline <= state.now }
            return due
        }
        for sleeper in due.sorted(by: { $0.deadline < $1.deadline }) { sleeper.continuation.resume() }
    }

    /// Waits until exactly so many sleep, or the task is cancelled.
    func waitForSleepers(_ count: Int) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock { $0.watchers.append((count, continuation)) }
                wakeWatchers(all: Task.isCancelled)
            }
        } onCancel: {
            wakeWatchers(all: true)
        }
    }

    private func add(_ sleeper: Sleeper) {
        let result = state.withLock { state -> Result<Void, any Error>? in
            if state.cancelled.remove(sleeper.id) != nil { return .failure(CancellationError()) }
            if sleeper.deadline <= state.now { return .success(()) }
            state.sleepers.append(sleeper)
            return nil
        }
        if let result { sleeper.continuation.resume(with: result) }
        wakeWatchers()
    }

    private func cancel(_ id: UInt64) {
        let sleeper = state.withLock { state -> Sleeper? in
            guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                state.cancelled.insert(id)
                return nil
            }
            return state.sleepers.remove(at: index)
        }
        sleeper?.continuation.resume(throwing: CancellationError())
        wakeWatchers()
    }

    private func wakeWatchers(all: Bool = false) {
        let ready = state.withLock { state in
            let ready = state.watchers.filter { all || $0.count == state.sleepers.count }
            state.watchers.removeAll { all || $0.count == state.sleepers.count }
            return ready
        }
        for watcher in ready { watcher.continuation.resume() }
    }
}
