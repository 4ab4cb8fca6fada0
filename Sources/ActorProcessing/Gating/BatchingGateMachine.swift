public import Supervision

/// Decides which requests share a batch: those that arrive while one is in flight share the next.
///
/// The gate is *idle*, *lingering* while the first request of a batch waits for others, or has a batch *in flight*; there
/// is one at a time. A request waits, is taken by a batch, or is withdrawn before. Everything is amortised O(1) per request.
/// The idea is Equinox's `AsyncBatchingGate`.
public struct BatchingGateMachine: Sendable {
    /// One request: dense, from 0, in the order of arrival.
    public typealias Ticket = UInt64

    private struct Waiting: Sendable {
        var ticket: Ticket
        var arrivedAt: RuntimeInstant
        var isWithdrawn = false
    }

    /// The configuration.
    public let configuration: BatchingGateConfiguration

    /// Whether a batch is in flight.
    public private(set) var isInFlight = false

    /// How many requests wait for a batch.
    public private(set) var waitingCount = 0

    private var waiting = RingBuffer<Waiting>()
    private var nextTicket: Ticket = 0
    /// What came before has waited for a batch in flight.
    private var firstToLinger: Ticket = 0

    /// An idle gate.
    ///
    /// - Parameter configuration: Its values must be in their ranges.
    public init(configuration: BatchingGateConfiguration) {
        configuration.checkRanges()
        self.configuration = configuration
    }

    /// When ``takeBatch(at:)`` is to be called again; nil while a batch is in flight or nothing waits.
    public var nextDeadline: RuntimeInstant? {
        guard !isInFlight, let first = waiting.first else { return nil }
        let isDue = first.ticket < firstToLinger || waitingCount >= configuration.maximumBatch
        return isDue ? first.arrivedAt : first.arrivedAt.advanced(by: configuration.linger)
    }

    /// A request has arrived.
    ///
    /// - Returns: Its ticket.
    public mutating func requestArrived(at now: RuntimeInstant) -> Ticket {
        let ticket = nextTicket
        nextTicket += 1
        waiting.append(Waiting(ticket: ticket, arrivedAt: now))
        waitingCount += 1
        return ticket
    }

    /// A request isn't wanted any more. One that a batch has taken stays in it.
    ///
    /// - Returns: Whether it was waiting.
    @discardableResult
    public mutating func requestWithdrawn(_ ticket: Ticket) -> Bool {
        guard let first = waiting.first?.ticket, ticket >= first, ticket < nextTicket else { return false }
        let place = Int(ticket - first)
        guard place < waiting.count, !waiting[place].isWithdrawn else { return false }
        waiting[place].isWithdrawn = true
        waitingCount -= 1
        dropWithdrawn()
        return true
    }

    /// The requests of a batch to be started now; none while one is in flight, before its time, or when nothing waits.
    public mutating func takeBatch(at now: RuntimeInstant) -> [Ticket] {
        guard let deadline = nextDeadline, deadline <= now else { return [] }
        var batch: [Ticket] = []
        while batch.count < configuration.maximumBatch, let request = waiting.popFirst() {
            if !request.isWithdrawn { batch.append(request.ticket) }
        }
        dropWithdrawn()
        waitingCount -= batch.count
        isInFlight = true
        return batch
    }

    /// The batch in flight has ended, well or not. Those that have come meanwhile don't linger.
    public mutating func batchEnded() {
        precondition(isInFlight, "A batch ended that was not in flight")
        isInFlight = false
        firstToLinger = nextTicket
    }

    /// The first of those that wait is always one that is wanted.
    private mutating func dropWithdrawn() {
        while let first = waiting.first, first.isWithdrawn { waiting.removeFirst() }
    }
}
