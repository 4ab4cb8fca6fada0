import Synchronization

/// Tells the body of a ``DistributedProcess`` that it is to finish what it does and return.
///
/// It is a request: the lease is still held and commits still go through. A body that doesn't return in time
/// (``DistributedProcessingConfiguration/drainGrace``) is cancelled, and so is, at once, one whose lease is lost.
public final class ProcessStop: Sendable {
    private struct State {
        var cause: DrainCause?
        var waiting = WakeUpList()
        var handlers: [@Sendable (DrainCause) -> Void] = []
    }

    private let state = Mutex(State())

    /// A stop that nobody has requested, for work that runs without a deployment.
    public init() {}

    /// Why the process is to end; `nil` while it may go on.
    public var cause: DrainCause? { state.withLock { $0.cause } }

    /// Whether the process is to end.
    public var isRequested: Bool { cause != nil }

    /// Suspends until the process is to end.
    ///
    /// - Throws: `CancellationError` when the waiting task is cancelled before.
    public func wait() async throws {
        let wakeUp = WakeUp()
        let isRequested = state.withLock { state in
            if state.cause == nil { state.waiting.add(wakeUp) }
            return state.cause != nil
        }
        if !isRequested { try await wakeUp.wait() }
    }

    /// Calls `handler` once, when the process is to end; at once when it is already. It must be quick.
    public func onRequest(_ handler: @escaping @Sendable (DrainCause) -> Void) {
        let cause = state.withLock { state in
            if state.cause == nil { state.handlers.append(handler) }
            return state.cause
        }
        if let cause { handler(cause) }
    }

    func request(_ cause: DrainCause) {
        let told: State? = state.withLock { state in
            guard state.cause == nil else { return nil }
            state.cause = cause
            defer { state.handlers = [] }
            return State(waiting: state.waiting.takeAll(), handlers: state.handlers)
        }
        guard let told else { return }
        told.waiting.wake()
        for handler in told.handlers { handler(cause) }
    }
}
