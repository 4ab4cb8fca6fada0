import ActorProcessingTesting
import Sharding
import Supervision
import Synchronization

/// Processes that run until they are asked to end, and the record of where they do.
final class Workers: Sendable {
    private struct State {
        var running: [String: Set<String>] = [:]
        var starts: [String: Int] = [:]
        var causes: [DrainCause] = []
        var cancelled = 0
        var next: [String: @Sendable (ProcessStop) async throws -> Void] = [:]
    }

    private let state = Mutex(State())

    /// Where each process runs.
    var running: [String: Set<String>] { state.withLock { $0.running.filter { !$0.value.isEmpty } } }
    var causes: [DrainCause] { state.withLock { $0.causes } }
    var cancelled: Int { state.withLock { $0.cancelled } }

    func starts(of name: String) -> Int { state.withLock { $0.starts[name] ?? 0 } }

    /// Its next runs do this.
    func script(_ name: String, _ body: @escaping @Sendable (ProcessStop) async throws -> Void) {
        state.withLock { $0.next[name] = body }
    }

    func processes(_ names: [String], on node: String, restarts: RestartPolicy = .distributed) -> [DistributedProcess] {
        names.map { name in
            DistributedProcess(name: name, restarts: restarts) { lease, stop in
                try lease.check()
                let body = self.began(name, node)
                defer { self.ended(name, node) }
                if let body { return try await body(stop) }
                do {
                    try await stop.wait()
                } catch {
                    self.state.withLock { $0.cancelled += 1 }
                    throw error
                }
                if let cause = stop.cause { self.state.withLock { $0.causes.append(cause) } }
            }
        }
    }

    private func began(_ name: String, _ node: String) -> (@Sendable (ProcessStop) async throws -> Void)? {
        state.withLock { state in
            state.running[name, default: []].insert(node)
            state.starts[name, default: 0] += 1
            return state.next[name]
        }
    }

    private func ended(_ name: String, _ node: String) {
        state.withLock { state in
            state.running[name]?.remove(node)
            return
        }
    }
}
