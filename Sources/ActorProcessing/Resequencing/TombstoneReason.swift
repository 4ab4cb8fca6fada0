/// Why a ticket has no results.
public enum TombstoneReason: Sendable, Hashable {
    /// The input could not be accepted.
    case rejected(String)

    /// Its stream was parked; results of a later retry go out flagged as late.
    case parked

    /// Its attempts were used up and it was put aside.
    case deadLettered(attempts: Int)

    /// Its attempts were used up and the policy is to emit the error.
    case failed(attempts: Int)
}
