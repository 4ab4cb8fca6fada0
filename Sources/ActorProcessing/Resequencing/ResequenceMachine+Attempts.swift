public import Supervision

/// Work that is started again: for stand-alone use, where a ticket's work may run twice at once.
///
/// A stream's events are never handled this way: they are retried only after their call has ended.
extension ResequenceMachine {
    /// When ``timeAdvanced(to:)`` is to be called; nil without a deadline for the head or without a waiting head.
    public var nextDeadline: RuntimeInstant? {
        guard let deadline = configuration.lateHeadDeadline, isHeadWaiting, !window[0].isExhausted else { return nil }
        return headStartedAt.advanced(by: deadline)
    }

    /// Time has passed. A head that has waited for the deadline is started again, or given up after its last attempt.
    public mutating func timeAdvanced(to now: RuntimeInstant) -> ResequenceAction? {
        guard let deadline = nextDeadline, deadline <= now else { return nil }
        return startAgain(offset: 0, at: now) ?? exhaust(offset: 0)
    }

    /// An attempt produced a resolution. The first one counts, whichever attempt it comes from.
    @discardableResult
    public mutating func resolved(_ attempt: TicketAttempt, _ resolution: Resolution<Element>) -> ResolutionOutcome {
        if let offset = offset(of: attempt.ordinal), offset < window.count {
            guard attempt.number >= 1 && attempt.number <= window[offset].attempts else { return .ignoredAsUnknown }
        }
        return resolved(attempt.ordinal, resolution)
    }

    /// An attempt threw. The ticket's work is started again, unless it was resolved meanwhile; when none is left and no
    /// other attempt is running, the ticket is given up.
    public mutating func attemptFailed(_ attempt: TicketAttempt, at now: RuntimeInstant) -> ResequenceAction? {
        guard let offset = offset(of: attempt.ordinal), offset < window.count else { return nil }
        guard window[offset].resolution == nil && !window[offset].isExhausted else { return nil }
        window[offset].failures += 1
        if let action = startAgain(offset: offset, at: now) { return action }
        return window[offset].failures == window[offset].attempts ? exhaust(offset: offset) : nil
    }

    private mutating func startAgain(offset: Int, at now: RuntimeInstant) -> ResequenceAction? {
        guard window[offset].attempts < configuration.maximumAttempts else { return nil }
        window[offset].attempts += 1
        if offset == 0 { headStartedAt = now }
        return .dispatchAgain(
            TicketAttempt(ordinal: headOrdinal + UInt64(offset), number: Int(window[offset].attempts)))
    }

    private mutating func exhaust(offset: Int) -> ResequenceAction {
        let ordinal = headOrdinal + UInt64(offset)
        let attempts = Int(window[offset].attempts)
        switch configuration.exhausted {
        case .halt:
            window[offset].isExhausted = true
            isHalted = true
        case .deadLetterWithTombstone: resolved(ordinal, .tombstone(.deadLettered(attempts: attempts)))
        case .emitError: resolved(ordinal, .tombstone(.failed(attempts: attempts)))
        }
        return .exhausted(ordinal: ordinal, configuration.exhausted)
    }
}
