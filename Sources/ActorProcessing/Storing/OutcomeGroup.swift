public import Sharding

/// Outcomes that a store commits together, flat in memory so that one which only moves a position costs next to nothing.
///
/// Each outcome stands for itself: a stale one is rejected alone. At most one outcome of a stream is in a group.
public struct OutcomeGroup: Sendable {
    /// One outcome in a group. Offsets point into the group's own memory.
    public struct Row: Sendable {
        /// The stable hash of the stream's name.
        public let hash: UInt64
        /// The position that the store must hold.
        public let expected: StreamPosition
        /// The position that it holds afterwards.
        public let position: StreamPosition
        /// Where the store finds the stream, if it said so when the stream was loaded.
        public let handle: StreamHandle
        let nameOffset: UInt32
        let nameLength: UInt32
        let fence: UInt32
        let effects: UInt32
    }

    /// The outcomes.
    public private(set) var rows: [Row] = []
    private var names: [UInt8] = []
    private var fences: [Fence] = []
    private var effects: [OutcomeEffects] = []

    /// A group without outcomes.
    public init() {}

    /// A group of outcomes.
    public init(_ outcomes: [Outcome]) {
        for outcome in outcomes { append(outcome) }
    }

    /// How many outcomes there are.
    public var count: Int { rows.count }
    /// Whether there are no outcomes.
    public var isEmpty: Bool { rows.isEmpty }

    /// Whether any outcome does more than move its stream's position.
    public var hasEffects: Bool { !effects.isEmpty }

    /// The fences that the outcomes carry, each once.
    public var distinctFences: [Fence] { fences }

    /// The fence of an outcome, as a place in ``distinctFences``.
    public func fenceNumber(of row: Row) -> Int { Int(row.fence) }

    /// The fence of an outcome.
    public func fence(of row: Row) -> Fence { fences[Int(row.fence)] }

    /// What an outcome does beside moving its stream's position, if anything.
    public func effects(of row: Row) -> OutcomeEffects? {
        row.effects == .max ? nil : effects[Int(row.effects)]
    }

    /// An outcome's view writes, without the rest of its effects.
    package func writes(of row: Row) -> [KeptWrite] {
        row.effects == .max ? [] : effects[Int(row.effects)].keptWrites
    }

    /// Whether an outcome does anything beside moving its stream's position and writing views.
    package func doesMoreThanWrite(_ row: Row) -> Bool {
        if row.effects == .max { return false }
        let place = Int(row.effects)
        // Field by field: a copy of them all would count references for each.
        return effects[place].snapshot != nil || !effects[place].results.isEmpty || !effects[place].outputs.isEmpty
            || effects[place].dirty != nil || !effects[place].parked.isEmpty || !effects[place].unparked.isEmpty
            || effects[place].isParked != nil || !effects[place].skipped.isEmpty
    }

    /// The stream of an outcome; a new string at each call.
    public func stream(of row: Row) -> StreamName {
        unsafe withName(of: row) { name in unsafe StreamName(unchecked: String(decoding: name, as: UTF8.self)) }
    }

    /// Calls `body` with the UTF-8 bytes of an outcome's stream.
    @inline(__always)
    public func withName<Result>(of row: Row, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try unsafe names.withUnsafeBytes { names in
            let start = Int(row.nameOffset)
            return unsafe try body(UnsafeRawBufferPointer(rebasing: names[start..<start + Int(row.nameLength)]))
        }
    }

    /// The outcome at `place`, as a value of its own.
    public subscript(place: Int) -> Outcome {
        let row = rows[place]
        return Outcome(
            stream: stream(of: row), expected: row.expected, position: row.position, fence: fence(of: row),
            effects: effects(of: row))
    }

    /// Adds an outcome.
    public mutating func append(_ outcome: Outcome) {
        var name = outcome.stream.value
        let hash = outcome.stream.stableHash
        let fence = number(of: outcome.fence)
        name.withUTF8 { name in
            unsafe append(
                name: UnsafeRawBufferPointer(name), hash: hash, expected: outcome.expected, position: outcome.position,
                fence: fence, handle: .none, effects: outcome.effects)
        }
    }

    /// The place of a fence in ``distinctFences``, where it is put if need be.
    mutating func number(of fence: Fence) -> UInt32 {
        if let number = fences.firstIndex(of: fence) { return UInt32(number) }
        fences.append(fence)
        return UInt32(fences.count - 1)
    }

    mutating func append(
        name: UnsafeRawBufferPointer, hash: UInt64, expected: StreamPosition, position: StreamPosition, fence: UInt32,
        handle: StreamHandle, effects: OutcomeEffects?
    ) {
        var effectsNumber = UInt32.max
        if let effects {
            effectsNumber = UInt32(self.effects.count)
            self.effects.append(effects)
        }
        rows.append(
            Row(
                hash: hash, expected: expected, position: position, handle: handle, nameOffset: UInt32(names.count),
                nameLength: UInt32(name.count), fence: fence, effects: effectsNumber))
        unsafe names.append(contentsOf: name)
    }

    /// Empties the group and keeps its memory.
    mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        names.removeAll(keepingCapacity: true)
        fences.removeAll(keepingCapacity: true)
        effects.removeAll(keepingCapacity: true)
    }
}
