import ActorProcessing
import Supervision

/// A state that differs between versions, by what it multiplies with.
struct VersionedState: Codable, Sendable, Hashable {
    var sum: UInt64 = 0

    mutating func enter(_ event: Event, _ version: Int) {
        sum = (sum &+ UInt64(event.data.first ?? 0) &+ UInt64(bitPattern: event.index)) &* UInt64(2 * version + 1)
    }
}

/// Folds events, writes the state into its version's view, and says of each event that it was handled.
///
/// The view counts what is written, so that an event that is handled twice shows.
struct VersionHandler: StreamHandler {
    let version: Int
    /// Events of this byte can't be handled.
    var poison: UInt8?

    private struct Poisoned: ClassifiedError {
        var errorClass: ErrorClass { .permanent }
    }

    var initialState: VersionedState { VersionedState() }
    var stateCodec: (any StateCodec<VersionedState>)? { JSONStateCodec(schema: version) }

    func handle(
        _ events: EventSpan, state: inout VersionedState, context: inout HandlerContext
    ) async throws -> Progress {
        for event in events {
            if let poison, event.data.first == poison { throw Poisoned() }
            state.enter(event, version)
            context.send(Output(type: "\(event.stream)#\(event.index)"))
        }
        let (table, key, sum, count) = ("v\(version)", events.stream.value, state.sum, events.count)
        context.write { transaction in
            let views = try InMemoryTransaction.of(transaction)
            views.put(table, key: key, value: sum)
            views.put("n\(version)", key: key, value: (views.get("n\(version)", key: key, as: Int.self) ?? 0) + count)
        }
        return .all
    }
}
