public import Supervision

/// Puts one partition's results back into the order of arrival, whatever finishes first.
///
/// A ticket is *opened* in order of arrival, *resolved* once in any order, and *emitted* when it and all before it are
/// resolved (G6). Tickets between the head and the last one opened make up the window. The bounds on it are advice to
/// the owner, who stops opening tickets while ``isFull``. Everything is amortised O(1) per ticket.
///
/// Ordinals are dense: the owner maps them to positions in its feed.
public struct ResequenceMachine<Element: Sendable>: Sendable {
    struct Ticket: Sendable {
        var resolution: Resolution<Element>?
        /// Started attempts, and those of them that threw.
        var attempts: Int32 = 1
        var failures: Int32 = 0
        /// Given up under the policy `halt`: it stays unresolved, so that nothing after it is emitted.
        var isExhausted = false
    }

    /// The configuration.
    public let configuration: ResequencerConfiguration

    var window = RingBuffer<Ticket>()
    /// When the head became the head.
    var headSince = RuntimeInstant.zero
    /// When the head became the head or was started again.
    var headStartedAt = RuntimeInstant.zero

    /// The oldest ticket not emitted; the next one to be opened if there is none.
    public internal(set) var headOrdinal: UInt64

    /// The bytes of results that wait for their turn.
    public internal(set) var bufferedBytes = 0

    /// Whether a ticket's attempts were used up under the policy `halt`.
    public internal(set) var isHalted = false

    /// The number of resolutions that came for tickets resolved before.
    public internal(set) var ignoredResolutions = 0

    /// A resequencer without tickets.
    ///
    /// - Parameters:
    ///   - configuration: Its values must be in their ranges.
    ///   - firstOrdinal: The first ticket's ordinal.
    public init(configuration: ResequencerConfiguration, firstOrdinal: UInt64 = 0) {
        configuration.checkRanges()
        self.configuration = configuration
        headOrdinal = firstOrdinal
    }

    /// The ordinal that the next ticket gets.
    public var nextOrdinal: UInt64 { headOrdinal + UInt64(window.count) }

    /// The number of tickets opened and not emitted.
    public var openTickets: Int { window.count }

    /// How many tickets may be opened; 0 also when the buffered bytes are at their bound.
    public var room: Int {
        bufferedBytes >= configuration.windowBytes ? 0 : max(0, configuration.windowTickets - window.count)
    }

    /// Whether no more tickets are to be opened.
    public var isFull: Bool { room == 0 }

    /// Whether the head has no resolution yet.
    public var isHeadWaiting: Bool { !window.isEmpty && window[0].resolution == nil }

    /// Since when the head, unresolved, has kept its place; nil when there is nothing to wait for.
    public var headWaitingSince: RuntimeInstant? { isHeadWaiting ? headSince : nil }

    /// Whether the window is full behind a waiting head, so that nothing can move until that is resolved.
    public var isStarved: Bool { isFull && isHeadWaiting }

    /// A ticket was opened, and its work started.
    ///
    /// - Returns: Its ordinal.
    @discardableResult
    public mutating func ticketOpened(at now: RuntimeInstant) -> UInt64 {
        ticketsOpened(1, at: now).lowerBound
    }

    /// Tickets were opened, and their work started. More than there is ``room`` for are accepted.
    ///
    /// - Returns: Their ordinals.
    @discardableResult
    public mutating func ticketsOpened(_ count: Int, at now: RuntimeInstant) -> Range<UInt64> {
        if window.isEmpty { headChanged(at: now) }
        let first = nextOrdinal
        for _ in 0..<count { window.append(Ticket()) }
        return first..<nextOrdinal
    }

    /// A ticket was resolved. Only the first resolution counts.
    @discardableResult
    public mutating func resolved(_ ordinal: UInt64, _ resolution: Resolution<Element>) -> ResolutionOutcome {
        guard ordinal < nextOrdinal else { return .ignoredAsUnknown }
        guard let offset = offset(of: ordinal), window[offset].resolution == nil, !window[offset].isExhausted else {
            ignoredResolutions += 1
            return .ignoredAsResolved
        }
        window[offset].resolution = resolution
        bufferedBytes += resolution.bytes
        return .accepted(isHead: offset == 0)
    }

    /// Takes out, in order, what has its turn: up to `maximum` results and tombstones, and any number of tickets that
    /// resolved to nothing.
    ///
    /// - Returns: The number of tickets that left the window.
    @discardableResult
    public mutating func takeEmissions(
        max maximum: Int = .max, at now: RuntimeInstant, into emissions: inout [Ticketed<Element>]
    ) -> Int {
        let firstOrdinal = headOrdinal
        var taken = 0
        while taken < maximum, !window.isEmpty, let resolution = window[0].resolution {
            switch resolution {
            case .results(let elements, let bytes):
                emissions.append(Ticketed(ordinal: headOrdinal, content: .results(elements)))
                bufferedBytes -= bytes
                taken += 1
            case .tombstone(let reason):
                emissions.append(Ticketed(ordinal: headOrdinal, content: .tombstone(reason)))
                taken += 1
            case .nothing:
                break
            }
            window.removeFirst()
            headOrdinal += 1
        }
        if headOrdinal != firstOrdinal { headChanged(at: now) }
        return Int(headOrdinal - firstOrdinal)
    }

    mutating func headChanged(at now: RuntimeInstant) {
        headSince = now
        headStartedAt = now
    }

    /// The ticket's place in the window; nil when it has been emitted.
    func offset(of ordinal: UInt64) -> Int? {
        ordinal < headOrdinal ? nil : Int(ordinal - headOrdinal)
    }

    /// The ticket's place in the window, if it waits for a resolution.
    func offsetOfUnresolved(_ ordinal: UInt64) -> Int? {
        guard ordinal < nextOrdinal, let offset = offset(of: ordinal) else { return nil }
        return window[offset].resolution == nil && !window[offset].isExhausted ? offset : nil
    }
}
