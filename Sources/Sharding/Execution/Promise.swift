package import Supervision
import Synchronization

/// A value that one side will supply once and others may wait for.
package final class Promise<Value: Sendable>: Sendable {
    fileprivate enum State {
        case open([CheckedContinuation<Value, any Error>])
        case kept(Result<Value, any Error>)
    }

    fileprivate let state = Mutex(State.open([]))

    package init() {}

    /// Supplies the value or the error; only the first call counts.
    package func keep(_ result: Result<Value, any Error>) {
        let waiting: [CheckedContinuation<Value, any Error>] = state.withLock { state in
            guard case .open(let waiting) = state else { return [] }
            state = .kept(result)
            return waiting
        }
        for continuation in waiting { continuation.resume(with: result) }
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
    package var value: Value {
        get async throws {
            try await withCheckedThrowingContinuation { continuation in
                let kept: Result<Value, any Error>? = state.withLock { state in
                    switch state {
                    case .kept(let result): return result
                    case .open(let waiting):
                        state = .open(waiting + [continuation])
                        return nil
                    }
                }
                if let kept { continuation.resume(with: kept) }
            }
        }
    }
}

extension Promise {
    /// Whether nothing has been supplied yet.
    package var isOpen: Bool { state.withLock { if case .open = $0 { true } else { false } } }
}
