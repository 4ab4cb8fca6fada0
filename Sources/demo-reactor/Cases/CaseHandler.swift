#if Files
    import ActorProcessing

    /// Follows one case: counts its events, keeps its times, and which way it has gone.
    struct CaseHandler: StreamHandler {
        let activities: ActivityTable
        let variants: VariantTree
        let book: CaseBook

        var initialState: CaseState { CaseState() }

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
            state.variant = variants.node(from: state.variant, by: steps)
            book.put(state, of: events.stream.value)
            return .all
        }
    }
#endif
