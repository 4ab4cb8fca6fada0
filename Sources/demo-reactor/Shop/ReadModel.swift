import ActorProcessing
import Synchronization

/// Where states are published to: the last of each stream, by version.
final class ReadModel: Sendable {
    private struct State {
        var rows: [StreamName: (version: Int64, state: ShopState)] = [:]
        var failures = 0
    }

    private let faults: FaultPlan
    private let state = Mutex(State())

    init(faults: FaultPlan) { self.faults = faults }

    /// Takes a state, unless it is older than the one that is here.
    func take(_ publication: Publication<ShopState>) throws {
        do {
            // The index before all others stands for the publication.
            try faults.strike(publication.stream, -1)
        } catch {
            state.withLock { $0.failures += 1 }
            throw error
        }
        state.withLock { state in
            if let known = state.rows[publication.stream], known.version > publication.version { return }
            state.rows[publication.stream] = (publication.version, publication.state)
        }
    }

    var states: [StreamName: ShopState] { state.withLock { $0.rows.mapValues(\.state) } }

    /// Publications that have failed, and were repeated.
    var failures: Int { state.withLock { $0.failures } }
}
