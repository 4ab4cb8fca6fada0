/// How far a resequencer may run ahead of its oldest ticket, and what it does about a late one.
public struct ResequencerConfiguration: Sendable, Hashable {
    /// The most tickets opened and not emitted; at least 1.
    public var windowTickets: Int

    /// The bytes of buffered results at which no more tickets are opened; at least 1. Results of tickets that are open
    /// by then still come on top.
    public var windowBytes: Int

    /// How long the head may wait before its work is started again beside the first call; nil for ever. Set it only
    /// for work that may run twice at once.
    public var lateHeadDeadline: Duration?

    /// How many times one ticket's work is started, the first included; at least 1.
    public var maximumAttempts: Int

    /// What happens after that.
    public var exhausted: ExhaustedPolicy

    /// The most calls of a stand-alone ``Resequencer``'s work at once; at least 1.
    public var maximumConcurrentWork: Int

    /// The most tickets in one emission of a stand-alone ``Resequencer``; at least 1.
    public var maximumEmission: Int

    /// Sets what differs from the defaults. Ranges are checked when it is used.
    public init(
        windowTickets: Int = 1_024,
        windowBytes: Int = 16 * 1_024 * 1_024,
        lateHeadDeadline: Duration? = nil,
        maximumAttempts: Int = 3,
        exhausted: ExhaustedPolicy = .halt,
        maximumConcurrentWork: Int = 64,
        maximumEmission: Int = 256
    ) {
        self.windowTickets = windowTickets
        self.windowBytes = windowBytes
        self.lateHeadDeadline = lateHeadDeadline
        self.maximumAttempts = maximumAttempts
        self.exhausted = exhausted
        self.maximumConcurrentWork = maximumConcurrentWork
        self.maximumEmission = maximumEmission
    }

    func checkRanges() {
        precondition(windowTickets > 0 && windowBytes > 0, "A resequencer's window must not be empty")
        precondition(lateHeadDeadline.map { $0 > .zero } ?? true, "A late head's deadline must be positive")
        precondition(maximumAttempts > 0, "Work needs at least one attempt")
        precondition(maximumConcurrentWork > 0, "At least one call must be allowed at once")
        precondition(maximumEmission > 0, "An emission must have room for a ticket")
    }
}
