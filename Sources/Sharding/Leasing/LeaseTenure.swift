package import Supervision

/// Who has a scope.
package enum LeaseTenure: Sendable, Hashable {
    /// Nobody: it was given back.
    case free
    /// A holder of a lease, up to an instant of the store's clock.
    case leased(LeaseHolder, until: RuntimeInstant)
    /// Somebody without a lease, until it is given back.
    case owned
}
