import ActorProcessing
import Supervision
import Synchronization
import Testing

/// The error of an event that can't be handled as it is.
struct Poisoned: ClassifiedError {
    var errorClass: ErrorClass { .permanent }
}

/// A handler that can't take some indices, until it is cured.
final class Cure: Sendable {
    private let poison: Mutex<Set<Int64>>

    init(_ poison: Set<Int64>) { self.poison = Mutex(poison) }

    /// From now on it can't take these.
    func poison(_ indices: Set<Int64>) { poison.withLock { $0 = indices } }

    func isPoisoned(_ index: Int64) -> Bool { poison.withLock { $0.contains(index) } }

    func handler(keepsState: Bool = true) -> FoldHandler {
        FoldHandler(keepsState: keepsState) { events, context in
            let poison = self.poison.withLock { $0 }
            if events.contains(where: { poison.contains($0.index) }) { throw Poisoned() }
            for event in events { context.send(Output(type: "Out", data: [UInt8(event.index)])) }
            return .all
        }
    }
}

extension World {
    /// What a `FoldHandler` that keeps its state has folded, as the store has it.
    func foldedIndices() async throws -> [Int64] {
        let snapshot = try #require(try await store.snapshot(of: Events.stream, reactor: "r"))
        return try JSONStateCodec<Fold>().decode(snapshot.state).indices
    }
}
