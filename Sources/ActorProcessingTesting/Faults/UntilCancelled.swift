import Synchronization

/// Suspends until the task is cancelled.
///
/// - Throws: `CancellationError`, always.
func untilCancelled() async throws {
    let waiter = Mutex(Waiter.none)
    await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
            let isCancelled = waiter.withLock { waiter in
                if case .cancelled = waiter { return true }
                waiter = .waiting(continuation)
                return false
            }
            if isCancelled { continuation.resume() }
        }
    } onCancel: {
        let waiting: CheckedContinuation<Void, Never>? = waiter.withLock { state in
            defer { state = .cancelled }
            if case .waiting(let continuation) = state { return continuation }
            return nil
        }
        waiting?.resume()
    }
    throw CancellationError()
}

private enum Waiter: Sendable {
    case none
    case waiting(CheckedContinuation<Void, Never>)
    case cancelled
}
