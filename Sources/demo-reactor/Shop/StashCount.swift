import ActorProcessing
import Synchronization

/// Counts the events that machines have stashed, each once, however often its turn was repeated.
final class StashCount: Sendable {
    private struct Key: Hashable {
        var stream: StreamName
        var index: Int64
    }

    private let stashed = Mutex<Set<Key>>([])

    func stashed(_ stream: StreamName, _ index: Int64) {
        _ = stashed.withLock { $0.insert(Key(stream: stream, index: index)) }
    }

    var count: Int { stashed.withLock { $0.count } }
}
