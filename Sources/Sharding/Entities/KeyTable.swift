/// Finds a dense number for a key by the key's bytes: an open-addressing table over fixed-size entries.
///
/// Each entry is one 64-byte cache line that holds the whole hash, up to 40 bytes of the key, and an owner's
/// word, so that a look-up touches a bucket and an entry and nothing else. Entries never move while they live.
/// Keys are compared whole. A confined type: it has no locks, its owner calls it from one executor.
@safe package struct KeyTable: ~Copyable {
    /// A key's number while it is in the table. Numbers of removed keys are used again.
    package typealias ID = UInt32

    package struct Entry {
        @usableFromInline var hash: UInt64
        @usableFromInline var word: UInt64
        @usableFromInline var tag: UInt32
        @usableFromInline var length: UInt32
        @usableFromInline var isUsed: Bool { length != .max }
        @usableFromInline var name0: UInt64
        @usableFromInline var name1: UInt64
        @usableFromInline var name2: UInt64
        @usableFromInline var name3: UInt64
        @usableFromInline var name4: UInt64
    }

    @usableFromInline static let inlineLength = 40
    @usableFromInline static let chunkShift: UInt32 = 10
    @usableFromInline static let chunkSize = 1 << 10

    /// Buckets: the hash's low 32 bits above, the entry's number + 1 below; 0 is empty.
    @usableFromInline var buckets: UnsafeMutablePointer<UInt64>
    @usableFromInline var mask: Int
    @usableFromInline var chunks: UnsafeMutablePointer<UnsafeMutablePointer<Entry>>
    @usableFromInline var chunkCapacity: Int
    @usableFromInline var chunkCount = 0
    @usableFromInline var used: UInt32 = 0
    @usableFromInline var free: UInt32 = .max

    /// How many keys the table holds.
    package private(set) var count = 0

    package init(minimumCapacity: Int = 64) {
        var size = 64
        while size * 3 < minimumCapacity * 4 { size *= 2 }
        unsafe buckets = .allocate(capacity: size)
        unsafe buckets.initialize(repeating: 0, count: size)
        mask = size - 1
        chunkCapacity = 8
        unsafe chunks = .allocate(capacity: chunkCapacity)
    }

    deinit {
        for id in 0..<used {
            let entry = unsafe self.entry(id)
            if unsafe entry.pointee.isUsed, unsafe entry.pointee.length > UInt32(Self.inlineLength) {
                unsafe Self.longName(entry).deallocate()
            }
        }
        for chunk in 0..<chunkCount { unsafe chunks[chunk].deallocate() }
        unsafe chunks.deallocate()
        unsafe buckets.deallocate()
    }

    @inlinable @inline(__always)
    package func entry(_ id: ID) -> UnsafeMutablePointer<Entry> {
        unsafe chunks[Int(id &>> Self.chunkShift)] + Int(id & UInt32(Self.chunkSize &- 1))
    }

    /// The bucket that a look-up of `hash` starts with: read it early to have its line fetched.
    @inlinable @inline(__always)
    package func firstBucket(_ hash: UInt64) -> UInt64 {
        unsafe buckets[Int(truncatingIfNeeded: hash) & mask]
    }

    /// The word of the entry that a bucket names, whatever its key is; 0 for an empty one.
    @inlinable @inline(__always)
    package func word(behind bucket: UInt64) -> UInt64 {
        let number = UInt32(truncatingIfNeeded: bucket)
        return number == 0 ? 0 : unsafe entry(number &- 1).pointee.word
    }

    /// The number of a key, or `nil` when the table doesn't hold it.
    @inlinable
    package func find(_ key: UnsafeRawPointer, length: Int, hash: UInt64) -> ID? {
        var slot = Int(truncatingIfNeeded: hash) & mask
        let tag = hash &<< 32
        while true {
            let bucket = unsafe buckets[slot]
            if bucket == 0 { return nil }
            if bucket & 0xFFFF_FFFF_0000_0000 == tag {
                let id = UInt32(truncatingIfNeeded: bucket) &- 1
                if unsafe matches(entry(id), key, length: length, hash: hash) { return id }
            }
            slot = (slot &+ 1) & mask
        }
    }

    @inlinable @inline(__always)
    func matches(
        _ entry: UnsafeMutablePointer<Entry>, _ key: UnsafeRawPointer, length: Int, hash: UInt64
    ) -> Bool {
        guard unsafe entry.pointee.hash == hash, unsafe entry.pointee.length == UInt32(truncatingIfNeeded: length)
        else { return false }
        return unsafe Self.equal(Self.name(entry), key, length)
    }

    @inlinable @inline(__always)
    static func equal(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ length: Int) -> Bool {
        var offset = 0
        var difference: UInt64 = 0
        while offset &+ 8 <= length {
            difference |=
                unsafe left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                ^ right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            offset &+= 8
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

    /// Adds a key that the table doesn't hold, with `word` for its owner, and returns its number.
    package mutating func insert(_ key: UnsafeRawPointer, length: Int, hash: UInt64, word: UInt64) -> ID {
        if (count + 1) * 4 > (mask + 1) * 3 { grow() }
        let id = nextID()
        let entry = unsafe self.entry(id)
        unsafe entry.initialize(
            to: Entry(
                hash: hash, word: word, tag: 0, length: UInt32(length), name0: 0, name1: 0, name2: 0, name3: 0,
                name4: 0))
        if length > Self.inlineLength {
            let copy = UnsafeMutableRawPointer.allocate(byteCount: length, alignment: 8)
            unsafe copy.copyMemory(from: key, byteCount: length)
            unsafe entry.pointee.name0 = UInt64(UInt(bitPattern: copy))
        } else {
            unsafe Self.inlineName(entry).copyMemory(from: key, byteCount: length)
        }
        unsafe place(bucket: (hash &<< 32) | UInt64(id &+ 1), hash: hash, in: buckets, mask: mask)
        count += 1
        return id
    }

    /// Removes a key; later look-ups don't find it, and its number may be given to another.
    package mutating func remove(_ id: ID) {
        let entry = unsafe self.entry(id)
        let hash = unsafe entry.pointee.hash
        var slot = Int(truncatingIfNeeded: hash) & mask
        while unsafe UInt32(truncatingIfNeeded: buckets[slot]) != id &+ 1 { slot = (slot &+ 1) & mask }
        closeGap(at: slot)
        if unsafe entry.pointee.length > UInt32(Self.inlineLength) { unsafe Self.longName(entry).deallocate() }
        unsafe entry.pointee.length = .max
        unsafe entry.pointee.hash = UInt64(free)
        free = id
        count -= 1
    }

    /// The owner's word beside a key.
    @inlinable @inline(__always)
    package subscript(id: ID) -> UInt64 {
        get { unsafe entry(id).pointee.word }
        nonmutating set { unsafe entry(id).pointee.word = newValue }
    }

    /// The owner's second, smaller word beside a key.
    @inlinable @inline(__always)
    package subscript(tag id: ID) -> UInt32 {
        get { unsafe entry(id).pointee.tag }
        nonmutating set { unsafe entry(id).pointee.tag = newValue }
    }

    /// Every number that is in use is below this.
    package var end: ID { used }

    /// Whether a number is in use.
    package func holds(_ id: ID) -> Bool { unsafe entry(id).pointee.isUsed }

    /// A key's hash.
    @inlinable
    package func hash(of id: ID) -> UInt64 { unsafe entry(id).pointee.hash }

    /// A key's bytes, valid until it is removed.
    @inlinable
    package func bytes(of id: ID) -> UnsafeRawBufferPointer {
        let entry = unsafe self.entry(id)
        return unsafe UnsafeRawBufferPointer(start: Self.name(entry), count: Int(entry.pointee.length))
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
    private mutating func nextID() -> ID {
        if free != .max {
            let id = free
            free = UInt32(truncatingIfNeeded: unsafe entry(id).pointee.hash)
            return id
        }
        precondition(used < UInt32.max - 2, "a key table holds at most 2^32 - 2 keys")
        if Int(used) == chunkCount * Self.chunkSize { addChunk() }
        used += 1
        return used - 1
    }

    private mutating func addChunk() {
        if chunkCount == chunkCapacity {
            let larger = UnsafeMutablePointer<UnsafeMutablePointer<Entry>>.allocate(capacity: chunkCapacity * 2)
            unsafe larger.moveInitialize(from: chunks, count: chunkCount)
            unsafe chunks.deallocate()
            unsafe chunks = larger
            chunkCapacity *= 2
        }
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: Self.chunkSize * 64, alignment: 64)
        unsafe (chunks + chunkCount).initialize(to: bytes.bindMemory(to: Entry.self, capacity: Self.chunkSize))
        chunkCount += 1
    }

    private func place(bucket: UInt64, hash: UInt64, in buckets: UnsafeMutablePointer<UInt64>, mask: Int) {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while unsafe buckets[slot] != 0 { slot = (slot &+ 1) & mask }
        unsafe buckets[slot] = bucket
    }

    private mutating func grow() {
        let size = (mask + 1) * 2
        let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: size)
        unsafe larger.initialize(repeating: 0, count: size)
        for slot in 0...mask {
            let bucket = unsafe buckets[slot]
            // A bucket keeps the hash's low 32 bits: enough to place it while tables stay below 2^32 buckets.
            if bucket != 0 { unsafe place(bucket: bucket, hash: bucket &>> 32, in: larger, mask: size - 1) }
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
            let home = Int(truncatingIfNeeded: bucket &>> 32) & mask
            if (slot &- home) & mask >= (slot &- gap) & mask {
                unsafe buckets[gap] = bucket
                gap = slot
            }
        }
        unsafe buckets[gap] = 0
    }
}
