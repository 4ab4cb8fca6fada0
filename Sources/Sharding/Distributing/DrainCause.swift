/// Why a process of a deployment is to end on its node.
public enum DrainCause: Sendable, Hashable, CustomStringConvertible {
    /// The node leaves the deployment.
    case stopping
    /// The process was removed from the node.
    case removed
    /// Another node is to run it.
    case moved(to: String)
    /// It was paused.
    case paused
    /// The kill switch was thrown.
    case killed
    /// It is to start afresh.
    case restarting

    public var description: String {
        switch self {
        case .stopping: "its node leaves"
        case .removed: "it was removed"
        case .moved(let node): "it moves to \(node)"
        case .paused: "it was paused"
        case .killed: "the kill switch was thrown"
        case .restarting: "it is restarted"
        }
    }
}
