import ActorProcessing
import Supervision

/// Follows each case from activity to activity, and counts its steps.
///
/// Nothing in here waits, so it is a handler that is called at once.
struct StepHandler: SynchronousStreamHandler {
    /// Where a case stands.
    struct Standing: Sendable {
        var activity: String?
        var since: Timestamp?
    }

    let steps: StepTable

    var initialState: Standing { Standing() }

    func handle(_ events: EventSpan, state: inout Standing, context: inout HandlerContext) throws -> Progress {
        for event in events {
            if let activity = state.activity {
                let waited = event.time.flatMap { time in state.since.map { $0.duration(to: time) } }
                steps.add(Step(from: activity, to: event.type), took: waited)
            }
            state = Standing(activity: event.type, since: event.time)
        }
        return .all
    }
}
