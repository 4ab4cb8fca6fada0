import Synchronization

/// Which processes run on which node, as they tell it themselves.
final class Whereabouts: Sendable {
    private let running = Mutex<[String: Set<String>]>([:])

    /// The processes that run, by node; nodes without any are left out.
    var byNode: [String: Set<String>] { running.withLock { $0.filter { !$0.value.isEmpty } } }

    func began(_ process: String, on node: String) {
        running.withLock { _ = $0[node, default: []].insert(process) }
    }

    func ended(_ process: String, on node: String) {
        running.withLock { _ = $0[node]?.remove(process) }
    }
}
