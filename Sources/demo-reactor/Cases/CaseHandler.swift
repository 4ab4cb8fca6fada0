#if Files
    import ActorProcessing

    /// Follows one case: counts its events, keeps its times, and which way it has gone.
    struct CaseHandler: StreamHandler {
        let activities: ActivityTable
        let variants: VariantTree
        let records: any CaseRecords

        var initialState: CaseState { CaseState() }
        var stateCodec: (any StateCodec<CaseState>)? { records.isDurable ? JSONStateCodec<CaseState>() : nil }

        nonisolated(nonsending) func handle(
            _ events: EventSpan, state: inout CaseState, context: inout HandlerContext
        ) async throws -> Progress {
            var steps: [UInt32] = []
            for event in events {
                steps.append(activities.number(of: event.type))
                state.events += 1
                guard let time = event.time else { continue }
                state.start = state.start.map { min($0, time) } ?? time
                state.end = state.end.map { max($0, time) } ?? time
            }
            let start = state.variant
            state.variant = variants.node(from: start, by: steps)
            records.note(state, of: events.stream.value, from: start, by: steps, &context)
            return .all
        }
    }
#endif
