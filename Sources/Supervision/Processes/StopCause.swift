/// Why a run was asked to stop.
package enum StopCause: Sendable, Hashable {
    /// By somebody, or because its group ends.
    case requested
    /// By the kill switch.
    case killSwitch
}
