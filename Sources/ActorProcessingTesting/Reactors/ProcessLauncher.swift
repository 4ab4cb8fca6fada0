import Sharding

/// Starts a task that belongs to a simulated runtime, and dies with it.
actor ProcessLauncher {
    private let runtime: RunningRuntime

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe runtime.control.asUnownedSerialExecutor() }

    init(_ runtime: RunningRuntime) { self.runtime = runtime }

    func launch(_ body: @escaping @Sendable () async -> Void) { Task.detached { await body() } }
}
