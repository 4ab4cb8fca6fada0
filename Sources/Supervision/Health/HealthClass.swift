/// How something that handles events is doing.
///
/// Where several apply, the one listed first below ``active`` counts.
public enum HealthClass: Sendable, Hashable, CustomStringConvertible {
    /// It works, or has nothing to do.
    case active
    /// Its last `count` calls failed, the first of them at `since`.
    case failing(since: RuntimeInstant, count: Int)
    /// Its present call takes long.
    case slow
    /// Its calls succeed, but nothing gets done.
    case stalled
    /// It waits for an event that is missing in its stream.
    case waiting
    /// It has work but isn't let: what it needs to go on is held by others.
    case starved

    public var description: String {
        switch self {
        case .active: "active"
        case .failing(_, let count): "failing (\(count) in a row)"
        case .slow: "slow"
        case .stalled: "stalled"
        case .waiting: "waiting"
        case .starved: "starved"
        }
    }
}
