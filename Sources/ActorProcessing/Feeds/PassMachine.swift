import Supervision

/// When a source that is read as a whole is to be read again, and which positions its events get.
///
/// The positions of a pass count up from the time of day, in nanoseconds, at which it began: so they rise from pass to
/// pass and from process to process, and the saved position tells when the last whole pass was. A pass that breaks off
/// leaves that position where it was: the next one begins the source anew, with higher positions.
///
/// A pass is *due*, *under way* from ``passBegan(at:)``, and over with ``passEnded()`` or ``passBroke()``.
/// The idea is Propulsion's `PeriodicSource`.
struct PassMachine: Sendable {
    /// From the beginning of a pass to that of the next.
    let interval: Duration

    /// Where the last whole pass has ended; the start when there was none.
    private(set) var completed = FeedPosition.start

    /// Where the pass under way has begun.
    private(set) var basis: Int64?

    /// No event has had this position, or a later one.
    private var unused: Int64 = 0

    init(interval: Duration) { self.interval = interval }

    /// A reader begins where an earlier one, perhaps of another process, has come to.
    mutating func readerOpened(at position: FeedPosition) {
        completed = max(completed, position)
        unused = max(unused, position.value)
        basis = nil
    }

    /// How long it is until the next pass is due; zero when it is.
    func wait(at now: Timestamp) -> Duration {
        if completed == .start { return .zero }
        let due = Timestamp(nanosecondsSince1970: completed.value).advanced(by: interval)
        // A time of day that was set back makes no longer wait than there is between two passes.
        return min(interval, max(.zero, now.duration(to: due)))
    }

    /// A pass has begun.
    mutating func passBegan(at now: Timestamp) {
        let first = max(unused, now.nanosecondsSince1970)
        basis = first
        unused = first + 1
    }

    /// Events were read: the position of the first, and where to read on, which is not before the pass is over.
    mutating func eventsRead(_ count: Int) -> (first: Int64, next: FeedPosition) {
        guard basis != nil else { preconditionFailure("events were read outside of a pass") }
        defer { unused += Int64(count) }
        return (unused, completed)
    }

    /// The source has been read to its end.
    mutating func passEnded() -> FeedPosition {
        completed = FeedPosition(unused)
        basis = nil
        return completed
    }

    /// Where reading has to come to for all that the source holds now. No later pass begins before, whatever the clock says.
    mutating func tail(after position: FeedPosition, at now: Timestamp) -> FeedPosition {
        if let basis { return FeedPosition(basis + 1) }
        var known = self
        known.completed = max(completed, position)
        if known.wait(at: now) > .zero { return known.completed }
        unused = max(unused, position.value, now.nanosecondsSince1970)
        return FeedPosition(unused + 1)
    }
}
