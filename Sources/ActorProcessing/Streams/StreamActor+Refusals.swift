import Sharding

extension StreamActor {
    /// What becomes of a stream whose outcome the store has refused for the outcome's own sake.
    enum Refusal {
        /// Its events are tried again, one by one.
        case retried
        /// The operator who had asked for it has been told.
        case reported
        /// Supervision is to decide.
        case failed
    }

    /// A view write of the last turn's outcome threw.
    func outcomeFailed(_ consumed: UInt32, _ position: StreamPosition, _ error: ReactorError) -> Refusal {
        if mode.contains(.parked), consumed == 0 {
            endRequest(.failure(error))
            shard.note(id, .retryFailed(error))
            return .reported
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
