/// Tells whether a lease is held, for work that can't be lent the ``Lease`` itself: it may be copied, and gives no right to anything.
public struct LeaseValidity: Sendable {
    private let state: LeaseState

    init(_ state: LeaseState) { self.state = state }

    /// Whether the lease is held now. Once it isn't, it never is again.
    public var isHeld: Bool { state.isHeld }

    /// Does nothing while the lease is held. To be called before each effect that no fence protects.
    ///
    /// - Throws: ``LeaseError`` of code ``LeaseError/Code/lost``.
    public func check() throws(LeaseError) {
        guard state.isHeld else { throw LeaseError.lost(state.fence.scope) }
    }
}
