/// What a store knows of a stream when its actor is activated.
public struct StoredStream: Sendable, Hashable {
    /// How far it is handled.
    public var position: StreamPosition
    /// The partition that it has come through last: that of the last fence under which something of it was committed, but
    /// for the empty one. Empty when there was none; a store may forget it when it holds no more than the position. It isn't
    /// compared.
    public var partition: PartitionID = ""
    /// Whether it is parked.
    public var isParked: Bool
    /// No event of the stream at this index or above has been put into the lot since it was parked; `none` when none has.
    public var parkedThrough: StreamPosition
    /// Its change that hasn't been published, if any.
    public var dirty: DirtyMark?
    /// Whether the store holds a snapshot of it.
    public var hasSnapshot: Bool
    /// Its snapshot, for stores that read it along; others are asked for it. It isn't compared.
    public var snapshot: Snapshot?
    /// Where the store finds it again, for stores that use this. It says nothing about the stream, and isn't compared.
    public var handle = StreamHandle.none

    /// What a store knows of a stream; what isn't given is that of one that was never parked, published or kept.
    public init(
        position: StreamPosition, isParked: Bool = false, parkedThrough: StreamPosition = .none,
        dirty: DirtyMark? = nil, hasSnapshot: Bool = false
    ) {
        self.position = position
        self.isParked = isParked
        self.parkedThrough = parkedThrough
        self.dirty = dirty
        self.hasSnapshot = hasSnapshot
    }

    public static func == (left: StoredStream, right: StoredStream) -> Bool {
        left.position == right.position && left.isParked == right.isParked
            && left.parkedThrough == right.parkedThrough && left.dirty == right.dirty
            && left.hasSnapshot == right.hasSnapshot
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(position)
        hasher.combine(isParked)
        hasher.combine(parkedThrough)
        hasher.combine(dirty)
        hasher.combine(hasSnapshot)
    }
}
