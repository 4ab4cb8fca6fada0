/// What a ``Debouncer`` is doing.
public struct DebouncerStatus: Sendable {
    /// The entities with changes that are not known to be published.
    public var dirtyCount: Int

    /// The publications in flight.
    public var inFlightCount: Int

    /// The publications that succeeded.
    public var publications: Int

    /// The publications that failed; each was or will be tried again.
    public var failures: Int

    /// The error of the last publication that failed.
    public var lastFailure: (any Error)?

    /// The changes that needed no publication of their own.
    public var savedPublications: Int
}
