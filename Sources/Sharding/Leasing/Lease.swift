public import Supervision

/// The right to run something, for a while: what a process of a deployment works under.
///
/// What is committed carries ``fence``, and the store refuses an old one. Other effects can't be refused, so call
/// ``check()`` before each of them. Whether it is held is counted by the monotonic clock, from when the last renewal was
/// sent, and with a margin: it has ended here before another can have it.
///
/// A lease isn't copied: it lives in the frame of one task, which lends it to what it calls. One that goes out of use without
/// ``release()`` lapses by itself, and until then nobody else can have it.
public struct Lease: ~Copyable, Sendable {
    let state: LeaseState
    private let store: any LeaseStore
    private let terms: LeaseTerms

    init(_ state: LeaseState, store: any LeaseStore, terms: LeaseTerms) {
        self.state = state
        self.store = store
        self.terms = terms
    }

    /// Leases a scope, for use without a deployment: call ``renew()`` every third of `ttl`, and ``release()`` at the end.
    ///
    /// - Parameters:
    ///   - scope: what to lease.
    ///   - store: where.
    ///   - holder: for whom.
    ///   - ttl: for how long, from each renewal; more than zero.
    ///   - margin: how much earlier it counts as run out here; a tenth of `ttl` and at least 100 ms unless told, less than
    ///     `ttl`.
    ///   - clock: a monotonic clock.
    /// - Throws: ``LeaseError`` of code ``LeaseError/Code/held``, ``LeaseError/Code/invalid``, or ``LeaseError/Code/lost`` when the
    ///   answer came too late; or what the store throws.
    public static func acquire(
        _ scope: Fence.Scope, from store: any LeaseStore, holder: LeaseHolder, ttl: Duration, margin: Duration? = nil,
        clock: any RuntimeClock
    ) async throws -> Lease {
        let terms = LeaseTerms(ttl: ttl, margin: margin)
        guard ttl > .zero, terms.margin >= .zero, terms.margin < ttl else {
            throw LeaseError(
                .invalid, "a lease of \(ttl) with a margin of \(terms.margin): 0 <= margin < ttl is needed")
        }
        let sentAt = clock.now
        guard let answer = try await store.acquire([scope], for: holder, ttl: ttl).first else {
            throw LeaseError(
                .unavailable, "the store has not answered for \(scope): its acquire(_:for:ttl:) is at fault")
        }
        switch answer {
        case .held(let record):
            throw LeaseError(.held, "\(scope) is held by \(record.owner): wait until it is released or lapses")
        case .granted(let fence):
            let machine = LeaseMachine(terms: terms, sentAt: sentAt)
            let lease = Lease(LeaseState(fence: fence, machine: machine, clock: clock), store: store, terms: terms)
            do {
                try lease.check()
            } catch {
                try await lease.release()
                throw error
            }
            return lease
        }
    }

    /// What commits under this lease carry.
    public var fence: Fence { state.fence }

    /// What is leased.
    public var scope: Fence.Scope { state.fence.scope }

    /// Whether it is held now. Once it isn't, it never is again.
    public var isHeld: Bool { state.isHeld }

    /// How long it is held unless it is renewed; zero when it isn't held.
    public var remaining: Duration { state.remaining }

    /// Does nothing while the lease is held. To be called before each effect that no fence protects.
    ///
    /// - Throws: ``LeaseError`` of code ``LeaseError/Code/lost``.
    public func check() throws(LeaseError) { try validity.check() }

    /// Tells elsewhere whether it is held.
    public var validity: LeaseValidity { LeaseValidity(state) }

    /// Prolongs it. A deployment renews its processes' leases by itself.
    ///
    /// - Throws: ``LeaseError`` of code ``LeaseError/Code/lost``; or what the store throws, which leaves the lease as it is.
    public func renew() async throws {
        try check()
        let sentAt = state.clock.now
        let isRenewed = try await store.renew([fence], ttl: terms.ttl).first ?? false
        state.answered(isRenewed, sentAt: sentAt)
        try check()
    }

    /// Gives it back, so that another needn't wait. To be called when all work under it has ended.
    public consuming func release() async throws {
        state.lose()
        try await store.release([fence])
    }
}
