#if Files
    import ActorProcessing
    import Sharding

    /// Folds each stream's data into a digest, checking that every index comes in its turn.
    struct LogDigestHandler: StreamHandler {
        let totals: Totals

        var initialState: DigestHandler.State { DigestHandler.State() }

        nonisolated(nonsending) func handle(
            _ events: EventSpan, state: inout DigestHandler.State, context: inout HandlerContext
        ) async throws -> Progress {
            let before = state.digest
            for event in events {
                guard UInt64(bitPattern: event.index) == state.next else { throw OutOfOrder(event: "\(event)") }
                let data = event.withData { data in
                    unsafe data.withUnsafeBytes { unsafe StableHash.hash($0) }
                }
                state.digest = state.digest &* 31 &+ ((state.next &* 1_000_003) ^ data)
                state.next &+= 1
            }
            totals.add(events: events.count, change: before ^ state.digest)
            return .all
        }
    }
#endif
