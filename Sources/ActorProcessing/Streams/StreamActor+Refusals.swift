import Sharding

extension StreamActor {
    /// What becomes of a stream whose outcome the store has refused for the outcome's own sake.
    enum Refusal {
        /// Its events are tried again, one by one.
        case retried
        /// It was part of an operator's retry, which goes on or is given up.
        case decided
        /// Supervision is to decide.
        case failed
    }

    /// A view write of the last turn's outcome threw.
    func outcomeFailed(_ consumed: UInt32, _ position: StreamPosition, _ error: ReactorError) -> Refusal {
        if mode.contains(.parked), consumed == 0 {
            if mode.contains(.cautious) {
                retryFailed(EntityFailure(error))
            } else {
                oneByOne(through: position.nextIndex &- 1, error)
            }
            return .decided
        }
        if consumed > 1, !mode.contains(.parked), position.nextIndex > committed.nextIndex {
            oneByOne(through: position.nextIndex &- 1, error)
            return .retried
        }
        mode.insert(.cautious)
        moreExtras.attempts += 1
        return .failed
    }
}
