import Supervision

/// How an operator's retry of a parked stream has fared: the restart policy counts for it as it does for a live stream.
struct ParkedRetry {
    /// What ends a retry before the lot is empty.
    struct End {
        let error: any Error
        let failure: ParkedFailure
    }

    var restarts = RestartMachine()
    /// It goes on at this time.
    var resumesAt: RuntimeInstant?
    /// It has been given up, for a reason that is to be kept in the lot.
    var end: End?
}
