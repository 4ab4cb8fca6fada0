import ActorProcessing

/// Folds each stream's payloads into a digest, checking that every index comes in its turn.
struct DigestHandler: StreamHandler {
    struct State: Sendable {
        var next: UInt64 = 0
        var digest: UInt64 = 0
    }

    let totals: Totals
    /// How long each event waits, without holding a thread.
    var wait: Duration?

    var initialState: State { State() }

    nonisolated(nonsending) func handle(
        _ events: EventSpan, state: inout State, context: inout HandlerContext
    ) async throws -> Progress {
        if let wait { try await context.sleep(for: wait) }
        let before = state.digest
        for event in events {
            guard UInt64(bitPattern: event.index) == state.next else { throw OutOfOrder(event: "\(event)") }
            let payload = event.withData { UInt64(littleEndian: unsafe $0.unsafeLoadUnaligned(as: UInt64.self)) }
            state.digest = state.digest &* 31 &+ ((state.next &* 1_000_003) ^ payload)
            state.next &+= 1
        }
        totals.add(events: events.count, change: before ^ state.digest)
        return .all
    }
}

/// An event came out of its turn: the library is broken.
struct OutOfOrder: Error {
    let event: String
}
