/// How a category joins a partition that is being read already.
///
/// It is *joined* when the partition's own intake hands its events over. Until then it is *catching up*: the partition is
/// read a second time, for this category alone, from where it is to the place that the intake has come to.
struct PlugMachine: Sendable, Hashable {
    /// What to do first.
    enum Start: Sendable, Hashable {
        case join
        /// Read from a place; events before the other one are skipped.
        case catchUp(from: FeedPosition, skippingBefore: FeedPosition)
    }

    private(set) var hasJoined = false

    /// A category meets a partition.
    ///
    /// - Parameters:
    ///   - own: the category's own checkpoint; `nil` when it was never plugged in.
    ///   - position: where the partition's intake reads next.
    ///   - start: what is wanted of a category without a checkpoint.
    ///   - now: where the intake read next when that was wanted.
    ///   - contract: what the feed promises about indices.
    mutating func met(
        own: FeedPosition?, at position: FeedPosition, start: PlugStart, now: FeedPosition, contract: OrderingContract
    ) -> Start {
        var (from, skipped) = (own ?? .start, FeedPosition.start)
        if own == nil, start == .now {
            if contract.isContiguousFromStart { skipped = now } else { from = now }
        }
        if from < position { return .catchUp(from: from, skippingBefore: skipped) }
        hasJoined = true
        return .join
    }

    /// The second reading has come to a place.
    ///
    /// - Returns: whether it is over: the intake has come no further, and takes over from here. What it reads again up to
    ///   the place of the second reading the streams know as duplicates.
    mutating func read(to next: FeedPosition, intakeAt position: FeedPosition) -> Bool {
        if next >= position { hasJoined = true }
        return hasJoined
    }
}

extension OrderingContract {
    /// Whether a stream of which nothing is known can only begin at its first event.
    fileprivate var isContiguousFromStart: Bool {
        if case .contiguous = self { return true }
        return false
    }
}
