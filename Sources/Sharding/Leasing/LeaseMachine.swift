package import Supervision

/// One holder's view of its lease, by the holder's own monotonic clock.
///
/// The store counts from when it carried a request out, which is after the request was sent and before its answer came. So a
/// holder that counts from the sending, and takes a margin off, has stopped before the lease can lapse, however late the
/// answer is and whatever the time of day does. The reasoning is that of Gray and Cheriton, "Leases" (1989).
///
/// States:
/// - running, until ``deadline``: a granted renewal moves it on, never back, in whatever order the answers come;
/// - lost, for good: by ``lost()``, by a refused renewal, or because the deadline has passed. An answer that comes after the
///   deadline doesn't bring the lease back, since its holder may have been told by then.
package struct LeaseMachine: Sendable, Hashable {
    private let terms: LeaseTerms
    private var isTakenAway = false
    /// Until when the holder may go on.
    package private(set) var deadline: RuntimeInstant
    /// When the last request that was granted was sent.
    package private(set) var renewed: RuntimeInstant

    /// A lease was granted that had been asked for at this instant.
    package init(terms: LeaseTerms, sentAt: RuntimeInstant) {
        self.terms = terms
        renewed = sentAt
        deadline = Self.deadline(of: sentAt, terms)
    }

    /// Whether the holder may go on.
    package func mayRun(at now: RuntimeInstant) -> Bool { !isTakenAway && now < deadline }

    /// Whether the store has said that another may have the lease.
    package var isLost: Bool { isTakenAway }

    /// The store has answered a renewal. One that fails changes nothing: the lease runs on until its deadline.
    package mutating func renewalAnswered(_ isRenewed: Bool, sentAt: RuntimeInstant, at now: RuntimeInstant) {
        guard isRenewed else { return lost() }
        guard mayRun(at: now), sentAt >= renewed else { return }
        renewed = sentAt
        deadline = Self.deadline(of: sentAt, terms)
    }

    /// The store has given the lease to another, or would.
    package mutating func lost() { isTakenAway = true }

    private static func deadline(of sentAt: RuntimeInstant, _ terms: LeaseTerms) -> RuntimeInstant {
        sentAt.advanced(by: terms.ttl - terms.margin)
    }
}
