/// Why a process group ends.
package enum GroupEnd: Sendable, Hashable {
    /// It was asked to, or its task was cancelled.
    case stopped
    /// This process's end was handed up.
    case escalated(name: String, StopReason)
}
