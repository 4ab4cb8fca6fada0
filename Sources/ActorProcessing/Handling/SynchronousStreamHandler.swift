/// A ``StreamHandler`` whose calls never suspend.
///
/// Folds, decisions and whatever else needs nothing but the event and the state: no task is switched for such a call,
/// which makes it the cheapest way to handle an event. Since it holds its shard's thread until it returns, no deadline
/// can end it; one that takes long is reported by the shard's watchdog.
public protocol SynchronousStreamHandler<State>: StreamHandler {
    /// Handles events of one stream, as ``StreamHandler/handle(_:state:context:)`` does.
    func handle(_ events: EventSpan, state: inout State, context: inout HandlerContext) throws -> Progress
}
