import Sharding
import Supervision
import Synchronization

/// What one run of a reactor owns: scopes are taken as its policy says, and all are given back when it is over.
final class HeldOwnership: Sendable {
    private struct State {
        var fences: [Fence] = []
        var generator: SplitMix64
    }

    private let store: any OwnershipStore
    private let configuration: ReactorConfiguration
    private let telemetry: (any TelemetryListener)?
    private let executor: ShardExecutor
    private let state: Mutex<State>

    init(
        _ store: any OwnershipStore, _ configuration: ReactorConfiguration, _ telemetry: (any TelemetryListener)?,
        _ runtime: RunningRuntime
    ) {
        self.store = store
        self.configuration = configuration
        self.telemetry = telemetry
        executor = runtime.control
        state = Mutex(State(generator: runtime.makeGenerator()))
    }

    /// Takes a scope over.
    ///
    /// - Parameter attempt: how often it has been asked for, this time included.
    /// - Returns: its fence; `nil` when another process owns it and that is to be waited for.
    /// - Throws: ``ReactorError/Code/owned``, or what else the store throws.
    func take(_ scope: Fence.Scope, attempt: Int = 1) async throws -> Fence? {
        do {
            let fence = try await store.takeOwnership(of: scope)
            state.withLock { $0.fences.append(fence) }
            return fence
        } catch let error as StoreError where error.code == .owned {
            guard configuration.ownership == .wait else { throw ReactorError.owned(scope, error) }
            telemetry?.happened(.ownershipAwaited(scope, attempt: attempt, error))
            return nil
        }
    }

    /// Waits before a scope that another process owns is asked for again.
    ///
    /// - Returns: whether the reactor is to stop instead.
    func wait(afterAttempt attempt: Int, unless stopping: StopSignal) async throws -> Bool {
        let wait = state.withLock { state in
            configuration.storeBackoff.delay(forAttempt: attempt, using: &state.generator)
        }
        return try await stopping.wait(until: executor.clock.now.advanced(by: wait), on: executor)
    }

    /// Gives everything back, so that the next owner needn't wait; what can't be given back is told.
    func release() async {
        let fences = state.withLock { state in
            defer { state.fences = [] }
            return state.fences
        }
        for fence in fences {
            do {
                try await store.releaseOwnership(fence)
            } catch {
                telemetry?.happened(.ownershipNotReleased(fence.scope, error))
            }
        }
    }
}
