/// The credits of an intake: how much, in events and in bytes, may be in memory at once (G4).
///
/// A batch is taken in whole or not at all. One that is larger than the limits is let through alone, when nothing else
/// is outstanding, because it would otherwise stop the feed for good; so memory is bounded by the limits or by one
/// batch, whichever is larger. Events and bytes may be given back apart: bytes return when the batch's memory is free.
public struct CreditMachine: Sendable {
    /// The limit on outstanding events.
    public let eventLimit: Int

    /// The limit on outstanding bytes.
    public let byteLimit: Int

    /// The events taken and not given back.
    public private(set) var outstandingEvents = 0

    /// The bytes taken and not given back.
    public private(set) var outstandingBytes = 0

    /// Whether the last ``take(events:bytes:)`` was refused, so that a batch waits for credits.
    public private(set) var isRefusing = false

    /// Credits of which none is taken.
    ///
    /// - Parameters:
    ///   - eventLimit: At least 1.
    ///   - byteLimit: At least 1.
    public init(eventLimit: Int, byteLimit: Int) {
        precondition(eventLimit > 0 && byteLimit > 0, "Credit limits must be positive")
        self.eventLimit = eventLimit
        self.byteLimit = byteLimit
    }

    /// The events that may still be taken: what to ask a feed for.
    public var availableEvents: Int { max(0, eventLimit - outstandingEvents) }

    /// The bytes that may still be taken.
    public var availableBytes: Int { max(0, byteLimit - outstandingBytes) }

    /// Whether it makes sense to read: there are credits of both kinds, or nothing is outstanding.
    public var mayRead: Bool { availableEvents > 0 && availableBytes > 0 }

    /// Takes a batch's credits.
    ///
    /// - Returns: Whether they were taken; if not, nothing changed and the batch has to wait for
    ///   ``give(events:bytes:)``.
    public mutating func take(events: Int, bytes: Int) -> Bool {
        precondition(events >= 0 && bytes >= 0, "A batch takes a negative number of credits")
        let fits = events <= availableEvents && bytes <= availableBytes
        let isAlone = outstandingEvents == 0 && outstandingBytes == 0
        guard fits || isAlone else {
            isRefusing = true
            return false
        }
        outstandingEvents += events
        outstandingBytes += bytes
        isRefusing = false
        return true
    }

    /// Gives credits back.
    ///
    /// - Returns: Whether a batch was refused before, so that it is worth trying again.
    @discardableResult
    public mutating func give(events: Int, bytes: Int) -> Bool {
        precondition(events >= 0 && bytes >= 0, "A negative number of credits was given back")
        precondition(
            events <= outstandingEvents && bytes <= outstandingBytes, "More credits were given back than were taken")
        outstandingEvents -= events
        outstandingBytes -= bytes
        return isRefusing
    }
}
