package import Supervision
import Synchronization

/// A value that one side will supply once and others may wait for.
package final class Promise<Value: Sendable>: Sendable {
    fileprivate struct Waiter {
        var number: UInt64
        var continuation: CheckedContinuation<Value, any Error>
    }

    fileprivate struct State {
        var result: Result<Value, any Error>?
        var waiters: [Waiter] = []
        var nextNumber: UInt64 = 0
    }

    fileprivate let state = Mutex(State())

    package init() {}

    /// Supplies the value or the error; only the first call counts.
    package func keep(_ result: Result<Value, any Error>) {
        let waiters: [Waiter] = state.withLock { state in
            if state.result != nil { return [] }
            state.result = result
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(with: result) }
    }

    /// Fails the promise at `deadline`, unless it is kept by then.
    package func expire(at deadline: RuntimeInstant, on executor: ShardExecutor) {
        executor.schedule(Expiry(promise: self), at: deadline)
    }

    private final class Expiry: TimerTarget {
        let promise: Promise

        init(promise: Promise) { self.promise = promise }

        func timerFired() { promise.keep(.failure(PromiseExpired())) }
    }

    /// The value, as soon as it is there.
    ///
    /// - Throws: the error that it was kept with, or `CancellationError` when the waiting task is cancelled before.
    package var value: Value {
        get async throws {
            let (number, kept) = state.withLock { state in
                state.nextNumber += 1
                return (state.nextNumber, state.result)
            }
            if let kept { return try kept.get() }
            return try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in
                    let known: Result<Value, any Error>? = state.withLock { state in
                        if let result = state.result { return result }
                        // The handler below takes the lock after the flag is set, so that one of the two sees the other.
                        if Task.isCancelled { return .failure(CancellationError()) }
                        state.waiters.append(Waiter(number: number, continuation: continuation))
                        return nil
                    }
                    if let known { continuation.resume(with: known) }
                }
            } onCancel: {
                cancelWaiter(number)
            }
        }
    }

    private func cancelWaiter(_ number: UInt64) {
        let waiter: Waiter? = state.withLock { state in
            guard let place = state.waiters.firstIndex(where: { $0.number == number }) else { return nil }
            return state.waiters.remove(at: place)
        }
        waiter?.continuation.resume(throwing: CancellationError())
    }
}

extension Promise {
    /// Whether nothing has been supplied yet.
    package var isOpen: Bool { state.withLock { $0.result == nil } }
}
