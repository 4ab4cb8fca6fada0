/// How far a handler has come with a span of events.
public enum Progress: Sendable, Hashable {
    /// With all of them.
    case all
    /// With those up to and including this index; the rest comes again.
    case through(index: Int64)
    /// With none; the same span comes again after a while. This doesn't count as a failure.
    case none(retryAfter: Duration)
    /// With all events below this index, also those that haven't come yet: they will be taken for duplicates. For
    /// handlers that read further than they were given.
    case ahead(to: Int64)
    /// With none, and the stream is to be parked.
    case park(reason: String)
}
