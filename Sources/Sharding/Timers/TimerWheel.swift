public import Supervision

/// A hierarchical timing wheel: many timers, one owner that sleeps until the earliest of them.
///
/// Inserting is O(1), a timer is moved at most once per level before it expires, and the slots on the way are found
/// through bit maps, so a jump of hours costs no more than the timers it passes. Timers can't be cancelled: an owner
/// puts a generation into its token and ignores tokens of an old one.
///
/// A tick decides only which slot a timer is filed in. Whether it has expired is decided by its exact deadline.
/// Nodes come from a slab with a free list, so that a steady flow of timers allocates nothing.
///
/// The placement (by the highest group of six bits in which a deadline differs from the current tick) follows
/// Varghese and Lauck, "Hashed and Hierarchical Timing Wheels", scheme 7.
public struct TimerWheel<Token: Sendable>: Sendable {
    /// A timer, or a free place in the slab.
    @usableFromInline
    struct Node: Sendable {
        @usableFromInline var deadline: Int64
        @usableFromInline var sequence: UInt64
        @usableFromInline var next: Int32
        @usableFromInline var token: Token?

        @inlinable
        init(deadline: Int64, sequence: UInt64, token: Token) {
            self.deadline = deadline
            self.sequence = sequence
            self.next = -1
            self.token = token
        }
    }

    /// A list of nodes in order of insertion, and the earliest deadline among them.
    @usableFromInline
    struct Slot: Sendable {
        @usableFromInline var head: Int32 = -1
        @usableFromInline var tail: Int32 = -1
        @usableFromInline var earliest: Int64 = .max

        @inlinable
        init() {}
    }

    /// What a slot's release found due, ready for sorting.
    @usableFromInline
    struct Due: Sendable {
        @usableFromInline var deadline: Int64
        @usableFromInline var sequence: UInt64
        @usableFromInline var node: Int32

        @inlinable
        init(deadline: Int64, sequence: UInt64, node: Int32) {
            self.deadline = deadline
            self.sequence = sequence
            self.node = node
        }

        @inlinable
        func precedes(_ other: Due) -> Bool {
            deadline == other.deadline ? sequence < other.sequence : deadline < other.deadline
        }
    }

    @usableFromInline let tickExponent: UInt64
    /// Every filed node shares all bit groups above its level's with this tick, and is later in its level's group.
    @usableFromInline var currentTick: UInt64
    @usableFromInline var nodes: [Node] = []
    @usableFromInline var freeNode: Int32 = -1
    /// 64 slots for each level, the finest level first.
    @usableFromInline var slots: [Slot]
    /// For each level, a bit for each slot that holds a node.
    @usableFromInline var occupiedSlots: [UInt64]
    /// A bit for each level that holds a node.
    @usableFromInline var occupiedLevels: UInt64 = 0
    @usableFromInline var nextSequence: UInt64 = 0
    @usableFromInline var timerCount = 0
    @usableFromInline var due: [Due] = []

    /// Makes an empty wheel. Its levels cover the whole range of the clock.
    ///
    /// - Parameters:
    ///   - start: The time now, or any earlier time.
    ///   - tickExponent: A tick is 2 to this power nanoseconds: 10...30. The default, 17, is 131 microseconds. Timers
    ///     in one tick share a slot, and a release passes over those that are not due, so choose a tick in which few
    ///     different deadlines fall.
    public init(startingAt start: RuntimeInstant = .zero, tickExponent: Int = 17) {
        precondition((10...30).contains(tickExponent), "A timer wheel's tick is 2^10 to 2^30 nanoseconds")
        self.tickExponent = UInt64(tickExponent)
        let levels = (64 - tickExponent + 5) / 6
        slots = Array(repeating: Slot(), count: levels * 64)
        occupiedSlots = Array(repeating: 0, count: levels)
        currentTick = 0
        currentTick = tick(of: start.nanoseconds)
    }

    /// The number of timers that have not expired, those that their owner no longer wants included.
    @inlinable
    public var count: Int { timerCount }

    /// Whether there are no timers.
    @inlinable
    public var isEmpty: Bool { timerCount == 0 }

    /// Whether a timer that hasn't expired has such a token. O(n).
    public func contains(where isWanted: (Token) throws -> Bool) rethrows -> Bool {
        try nodes.contains { node in try node.token.map(isWanted) ?? false }
    }

    /// The exact earliest deadline; nil when there are no timers. O(1).
    @inlinable
    public var nextDeadline: RuntimeInstant? {
        guard let slot = firstOccupiedSlot else { return nil }
        return RuntimeInstant(nanoseconds: slots[slot].earliest)
    }

    /// The deadline's tick, shifted so that negative instants keep their order.
    @inlinable
    func tick(of nanoseconds: Int64) -> UInt64 {
        (UInt64(bitPattern: nanoseconds) ^ (1 << 63)) >> tickExponent
    }

    /// The slot with the earliest timers: a lower level is always earlier than a higher one.
    @inlinable
    var firstOccupiedSlot: Int? {
        guard occupiedLevels != 0 else { return nil }
        let level = occupiedLevels.trailingZeroBitCount
        return level &* 64 &+ occupiedSlots[level].trailingZeroBitCount
    }
}
