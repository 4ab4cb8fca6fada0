/// Finds what belongs to a key by the key's bytes: an open-addressing table over fixed-size entries.
///
/// Each entry is one 64-byte cache line that holds the whole hash, up to 40 bytes of the key, and its owner's words, so
/// that a look-up touches a bucket and an entry and nothing else. Entries never move while they live, so an ``ID`` leads
/// straight to one. Keys are compared whole. A confined type: it has no locks, its owner calls it from one executor.
/// It is public, unlike its users, because only public code is inlined into other modules.
@safe public struct KeyTable: ~Copyable {
    /// A key's cache line: its hash, its owner's words, and its bytes, or where they are. To be used through ``ID``.
    @frozen
    public struct Entry {
        /// The key's hash.
        public var hash: UInt64
        /// The owner's word.
        public var word: UInt64
        /// The owner's second, smaller word.
        public var tag: UInt32
        /// The key's length in bytes.
        public var length: UInt32
        @usableFromInline var name0: UInt64 = 0
        @usableFromInline var name1: UInt64 = 0
        @usableFromInline var name2: UInt64 = 0
        @usableFromInline var name3: UInt64 = 0
        @usableFromInline var name4: UInt64 = 0

        @inlinable var isUsed: Bool { length != .max }
    }

    /// A key while it is in the table. IDs of removed keys are used again.
    @frozen @safe
    public struct ID: Hashable, @unchecked Sendable {
        // @unchecked: an address; what lies there is touched by the table's owner alone.
        @usableFromInline let entry: UnsafeMutablePointer<Entry>

        @inlinable @inline(__always)
        init(_ entry: UnsafeMutablePointer<Entry>) { unsafe self.entry = entry }

        @inlinable
        public static func == (left: ID, right: ID) -> Bool { unsafe left.entry == right.entry }

        @inlinable
        public func hash(into hasher: inout Hasher) { unsafe hasher.combine(entry) }

        /// The owner's word beside the key.
        @inlinable @inline(__always)
        public var word: UInt64 {
            get { unsafe entry.pointee.word }
            nonmutating set { unsafe entry.pointee.word = newValue }
        }

        /// The owner's second, smaller word beside the key.
        @inlinable @inline(__always)
        public var tag: UInt32 {
            get { unsafe entry.pointee.tag }
            nonmutating set { unsafe entry.pointee.tag = newValue }
        }

        /// The key's hash.
        @inlinable @inline(__always)
        public var hash: UInt64 { unsafe entry.pointee.hash }

        /// The key's bytes, valid until it is removed.
        @inlinable @inline(__always)
        public var bytes: UnsafeRawBufferPointer {
            unsafe UnsafeRawBufferPointer(start: KeyTable.name(entry), count: Int(entry.pointee.length))
        }

        /// Whether the key is in the table still.
        @inlinable @inline(__always)
        public var isUsed: Bool { unsafe entry.pointee.isUsed }
    }

    @usableFromInline static let inlineLength = 40
    @usableFromInline static let chunkShift: UInt32 = 10
    @usableFromInline static let chunkSize = 1 << 10

    /// Buckets: the entry's address in the low 48 bits, 16 bits of the hash above; 0 is empty.
    @usableFromInline var buckets: UnsafeMutablePointer<UInt64>
    @usableFromInline var mask: Int
    @usableFromInline var chunks: [UnsafeMutablePointer<Entry>] = unsafe []
    @usableFromInline var used = 0
    var free: UnsafeMutablePointer<Entry>?

    /// How many keys the table holds.
    public private(set) var count = 0

    /// An empty table.
    ///
    /// - Parameter minimumCapacity: how many keys it holds before it grows, at least.
    public init(minimumCapacity: Int = 64) {
        var size = 64
        while size * 3 < minimumCapacity * 4 { size *= 2 }
        unsafe buckets = .allocate(capacity: size)
        unsafe buckets.initialize(repeating: 0, count: size)
        mask = size - 1
    }

    deinit {
        for place in 0..<used {
            let entry = unsafe chunks[place / Self.chunkSize] + place % Self.chunkSize
            if unsafe entry.pointee.isUsed, unsafe entry.pointee.length > UInt32(Self.inlineLength) {
                unsafe Self.longName(entry).deallocate()
            }
        }
        for number in unsafe chunks.indices { unsafe chunks[number].deallocate() }
        unsafe buckets.deallocate()
    }

    @inlinable @inline(__always)
    static func address(_ bucket: UInt64) -> UnsafeMutablePointer<Entry> {
        // Non-null: a bucket that isn't empty holds an entry's address; user space addresses have 48 bits.
        unsafe UnsafeMutablePointer(bitPattern: UInt(bucket & 0xFFFF_FFFF_FFFF))!
    }

    /// The bucket that a look-up of `hash` starts with: read it early to have its line fetched.
    @inlinable @inline(__always)
    public func firstBucket(_ hash: UInt64) -> UInt64 {
        unsafe buckets[Int(truncatingIfNeeded: hash) & mask]
    }

    /// The word of the entry that a bucket names, whatever its key is; 0 for an empty one.
    @inlinable @inline(__always)
    public func word(behind bucket: UInt64) -> UInt64 {
        bucket == 0 ? 0 : unsafe Self.address(bucket).pointee.word
    }

    /// A key, or `nil` when the table doesn't hold it.
    @inlinable @inline(__always)
    public func find(_ key: UnsafeRawPointer, length: Int, hash: UInt64) -> ID? {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while true {
            let bucket = unsafe buckets[slot]
            if bucket == 0 { return nil }
            if (bucket ^ hash) &>> 48 == 0 {
                let entry = unsafe Self.address(bucket)
                if unsafe entry.pointee.hash == hash, unsafe Self.matches(entry, key, length: length) {
                    return unsafe ID(entry)
                }
            }
            slot = (slot &+ 1) & mask
        }
    }

    @inlinable @inline(__always)
    static func matches(_ entry: UnsafeMutablePointer<Entry>, _ key: UnsafeRawPointer, length: Int) -> Bool {
        guard unsafe entry.pointee.length == UInt32(truncatingIfNeeded: length) else { return false }
        return unsafe equal(name(entry), key, length)
    }

    @inlinable @inline(__always)
    static func equal(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ length: Int) -> Bool {
        var offset = 0
        var difference: UInt64 = 0
        while offset &+ 8 <= length {
            difference |= unsafe word(left, offset) ^ word(right, offset)
            offset &+= 8
        }
        if offset < length, length >= 8 {
            // The last word overlaps the one before.
            difference |= unsafe word(left, length &- 8) ^ word(right, length &- 8)
            offset = length
        }
        while offset < length {
            difference |=
                unsafe UInt64(
                    left.load(fromByteOffset: offset, as: UInt8.self)
                        ^ right.load(fromByteOffset: offset, as: UInt8.self))
            offset &+= 1
        }
        return difference == 0
    }

    @inlinable @inline(__always)
    static func word(_ base: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    /// Adds a key that the table doesn't hold, with `word` for its owner.
    public mutating func insert(_ key: UnsafeRawPointer, length: Int, hash: UInt64, word: UInt64) -> ID {
        if (count + 1) * 4 > (mask + 1) * 3 { grow() }
        let entry = unsafe nextEntry()
        unsafe entry.initialize(to: Entry(hash: hash, word: word, tag: 0, length: UInt32(length)))
        if length > Self.inlineLength {
            let copy = UnsafeMutableRawPointer.allocate(byteCount: length, alignment: 8)
            unsafe copy.copyMemory(from: key, byteCount: length)
            unsafe entry.pointee.name0 = UInt64(UInt(bitPattern: copy))
        } else {
            unsafe Self.inlineName(entry).copyMemory(from: key, byteCount: length)
        }
        unsafe place(entry, in: buckets, mask: mask)
        count += 1
        return unsafe ID(entry)
    }

    /// Removes a key; later look-ups don't find it, and its ID may be given to another.
    public mutating func remove(_ id: ID) {
        let entry = unsafe id.entry
        var slot = unsafe Int(truncatingIfNeeded: entry.pointee.hash) & mask
        while unsafe buckets[slot] == 0 || Self.address(buckets[slot]) != entry { slot = (slot &+ 1) & mask }
        closeGap(at: slot)
        if unsafe entry.pointee.length > UInt32(Self.inlineLength) { unsafe Self.longName(entry).deallocate() }
        unsafe entry.pointee.length = .max
        unsafe entry.pointee.hash = UInt64(UInt(bitPattern: free))
        unsafe free = entry
        count -= 1
    }

    /// All keys have places below this. While none is removed, the next one gets this place.
    @inlinable
    public var end: Int { used }

    /// The key at a place, if there is one: for looking at all of them, also while some are removed.
    @inlinable @inline(__always)
    public func key(at place: Int) -> ID? {
        let entry = unsafe chunks[place / Self.chunkSize] + place % Self.chunkSize
        return unsafe entry.pointee.isUsed ? ID(entry) : nil
    }

    @inlinable @inline(__always)
    static func name(_ entry: UnsafeMutablePointer<Entry>) -> UnsafeRawPointer {
        unsafe entry.pointee.length <= UInt32(inlineLength)
            ? UnsafeRawPointer(inlineName(entry)) : UnsafeRawPointer(longName(entry))
    }

    @inlinable @inline(__always)
    static func inlineName(_ entry: UnsafeMutablePointer<Entry>) -> UnsafeMutableRawPointer {
        unsafe UnsafeMutableRawPointer(entry) + 24
    }

    @inlinable @inline(__always)
    static func longName(_ entry: UnsafeMutablePointer<Entry>) -> UnsafeMutableRawPointer {
        // Non-null: set from an allocation when the entry was made with a long name.
        unsafe UnsafeMutableRawPointer(bitPattern: UInt(entry.pointee.name0))!
    }
}

extension KeyTable {
    private mutating func nextEntry() -> UnsafeMutablePointer<Entry> {
        if let entry = unsafe free {
            unsafe free = UnsafeMutablePointer(bitPattern: UInt(entry.pointee.hash))
            return unsafe entry
        }
        if unsafe used == chunks.count * Self.chunkSize {
            let bytes = UnsafeMutableRawPointer.allocate(byteCount: Self.chunkSize * 64, alignment: 64)
            unsafe chunks.append(bytes.bindMemory(to: Entry.self, capacity: Self.chunkSize))
        }
        used += 1
        return unsafe chunks[(used - 1) / Self.chunkSize] + (used - 1) % Self.chunkSize
    }

    private func place(_ entry: UnsafeMutablePointer<Entry>, in buckets: UnsafeMutablePointer<UInt64>, mask: Int) {
        let hash = unsafe entry.pointee.hash
        var slot = Int(truncatingIfNeeded: hash) & mask
        while unsafe buckets[slot] != 0 { slot = (slot &+ 1) & mask }
        unsafe buckets[slot] = (hash & 0xFFFF_0000_0000_0000) | UInt64(UInt(bitPattern: entry))
    }

    private mutating func grow() {
        let size = (mask + 1) * 2
        let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: size)
        unsafe larger.initialize(repeating: 0, count: size)
        for slot in 0...mask {
            let bucket = unsafe buckets[slot]
            if bucket != 0 { unsafe place(Self.address(bucket), in: larger, mask: size - 1) }
        }
        unsafe buckets.deallocate()
        unsafe buckets = larger
        mask = size - 1
    }

    /// Moves later buckets of the same run up, so that no look-up stops early (Knuth's algorithm R).
    private func closeGap(at gap: Int) {
        var gap = gap
        var slot = gap
        while true {
            slot = (slot &+ 1) & mask
            let bucket = unsafe buckets[slot]
            if bucket == 0 { break }
            let home = unsafe Int(truncatingIfNeeded: Self.address(bucket).pointee.hash) & mask
            if (slot &- home) & mask >= (slot &- gap) & mask {
                unsafe buckets[gap] = bucket
                gap = slot
            }
        }
        unsafe buckets[gap] = 0
    }
}
