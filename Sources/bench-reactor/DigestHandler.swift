import ActorProcessing

/// Folds each stream's payloads into a digest, checking that every index comes in its turn.
struct DigestHandler: SynchronousStreamHandler {
    struct State: Sendable {
        var next: UInt64 = 0
        var digest: UInt64 = 0

        mutating func add(_ payload: UInt64) {
            digest = digest &* 31 &+ ((next &* 1_000_003) ^ payload)
            next &+= 1
        }
    }

    let totals: Totals

    var initialState: State { State() }

    func handle(_ events: EventSpan, state: inout State, context: inout HandlerContext) throws -> Progress {
        let before = state.digest
        for event in events {
            guard UInt64(bitPattern: event.index) == state.next else { throw OutOfOrder(event: "\(event)") }
            let payload = event.withData { UInt64(littleEndian: unsafe $0.unsafeLoadUnaligned(as: UInt64.self)) }
            state.add(payload)
        }
        totals.add(events: events.count, change: before ^ state.digest)
        return .all
    }
}

/// The same, after a wait that holds no thread.
struct WaitingDigestHandler: StreamHandler {
    let digest: DigestHandler
    let wait: Duration

    var initialState: DigestHandler.State { digest.initialState }

    nonisolated(nonsending) func handle(
        _ events: EventSpan, state: inout DigestHandler.State, context: inout HandlerContext
    ) async throws -> Progress {
        try await context.sleep(for: wait)
        return try digest.handle(events, state: &state, context: &context)
    }
}

/// An event came out of its turn: the library is broken.
struct OutOfOrder: Error {
    let event: String
}
