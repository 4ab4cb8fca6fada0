internal import Sharding
public import Supervision

/// Decides when each entity's last state is published.
///
/// An entity is due after a quiet period, or after the longest wait from its first unpublished change, whichever comes
/// first. Only the latest version goes out, one publication per entity is in flight, and a failed one is repeated until
/// it succeeds (G7). All inputs are amortised O(1), save for draining: a change moves no timer; the timer that fires
/// too early is set again instead.
///
/// An entity that is clean takes no memory. The phases of one that is not:
/// - *waiting*: for its quiet period or longest wait → ready.
/// - *recovering*: found dirty at start-up, held back by the recovery rate → ready, or by a change → waiting.
/// - *ready*: due, for a free place → publishing.
/// - *publishing* → clean, by failure → backing off, or if there were newer changes → waiting or ready.
/// - *backing off* → ready.
///
/// A drain makes everything ready.
public struct DebounceMachine<Key: Hashable & Sendable>: Sendable {
    enum Phase: Sendable {
        case clean, waiting, recovering, ready, publishing, backingOff
    }

    struct Entity: Sendable {
        var key: Key?
        var phase = Phase.clean
        /// The latest version known.
        var version: Int64 = 0
        /// The version in flight.
        var publishing: Int64 = 0
        var firstChange = RuntimeInstant.zero
        var lastChange = RuntimeInstant.zero
        /// The first change after the version in flight, while there is a newer version.
        var newerFirstChange = RuntimeInstant.zero
        /// The number of drains begun before the first unpublished change, and before the first newer one.
        var drainsBefore: UInt64 = 0
        var newerDrainsBefore: UInt64 = 0
        var retryAt = RuntimeInstant.zero
        var failures = 0
        /// The deadline of the timer that counts; earlier ones in the wheel have an old generation.
        var timer: RuntimeInstant?
        var generation: UInt32 = 0
        var isUrgent = false
        var isRemoved = false

        var hasNewer: Bool { phase == .publishing && version > publishing }
    }

    /// A place in the slab, as it was at one time.
    struct Reference: Sendable {
        var index: Int32
        var generation: UInt32
    }

    /// The configuration.
    public let configuration: DebounceConfiguration

    var indices: [Key: Int32] = [:]
    var entities: [Entity] = []
    var freeIndices: [Int32] = []
    var wheel: TimerWheel<Reference>
    var fired: [Reference] = []
    var ready = RingBuffer<Reference>()
    var recovering = RingBuffer<Reference>()
    var nextRecovery: RuntimeInstant
    /// The latest time seen.
    var now: RuntimeInstant
    var removedInFlight = 0

    /// For each number of drains begun, from the oldest that matters to the current one, how many entities have their
    /// first unpublished change after that many.
    var dirtyByDrain = RingBuffer<Int>()
    var oldestDrain: UInt64 = 0
    var drainsBegun: UInt64 = 0

    /// The number of publications in flight, those of removed entities included.
    public internal(set) var inFlightCount = 0

    /// The number of changes that needed no publication of their own, because a later version covered them.
    public internal(set) var savedPublications = 0

    /// Whether ``closed(at:)`` was reported: everything is published without waiting.
    public internal(set) var isClosed = false

    /// A machine that knows no entity.
    ///
    /// - Parameters:
    ///   - configuration: Its values must be in their ranges.
    ///   - start: The time now.
    public init(configuration: DebounceConfiguration, startingAt start: RuntimeInstant) {
        configuration.checkRanges()
        self.configuration = configuration
        wheel = TimerWheel(startingAt: start)
        now = start
        nextRecovery = start
        dirtyByDrain.append(0)
    }

    /// The number of entities with changes that are not known to be published, those in flight included.
    public var dirtyCount: Int { indices.count - removedInFlight }

    /// Whether nothing is dirty and nothing in flight.
    public var isIdle: Bool { indices.isEmpty }

    /// When ``timeAdvanced(to:into:)`` is to be called next; nil when only another input can change anything.
    ///
    /// Never too late. It can be too early, since a timer isn't moved when its entity changes again.
    public var nextDeadline: RuntimeInstant? {
        if !ready.isEmpty && inFlightCount < configuration.maximumConcurrentPublications { return now }
        guard !recovering.isEmpty else { return wheel.nextDeadline }
        return min(nextRecovery, wheel.nextDeadline ?? .distantFuture)
    }

    /// Whether all that was dirty when a drain began has been published. See ``drain(at:)``.
    public func isDrained(_ drain: UInt64) -> Bool {
        drain <= oldestDrain
    }
}
