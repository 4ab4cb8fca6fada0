/// The hash that picks shards and slots: XXH64 with seed 0, over a key's UTF-8 bytes.
///
/// It is part of the published contract: the same bytes give the same value on every platform and in every
/// version, so that it may be stored and computed by other programs. XXH64 is Yann Collet's; its specification
/// is at <https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>. It is not meant to resist an
/// attacker who chooses keys: keys are always compared whole, so a collision costs time, never correctness.
public enum StableHash {
    @usableFromInline static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    @usableFromInline static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    @usableFromInline static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    @usableFromInline static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    @usableFromInline static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

    /// The hash of a string's UTF-8 bytes.
    public static func hash(_ string: String) -> UInt64 {
        var string = string
        return string.withUTF8 { bytes in unsafe hash(UnsafeRawBufferPointer(bytes)) }
    }

    /// The hash of `bytes`.
    @inlinable
    public static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        guard let base = bytes.baseAddress else { return finalise(prime5) }
        return unsafe hash(base, count: bytes.count)
    }

    /// The hash of the `count` bytes at `base`.
    @inlinable
    public static func hash(_ base: UnsafeRawPointer, count: Int) -> UInt64 {
        var offset = 0
        var value: UInt64
        if count >= 32 {
            value = unsafe stripes(base, count: count, offset: &offset)
        } else {
            value = prime5
        }
        value &+= UInt64(truncatingIfNeeded: count)
        while offset &+ 8 <= count {
            value ^= round(0, unsafe word(base, offset))
            value = rotate(value, 27) &* prime1 &+ prime4
            offset &+= 8
        }
        if offset &+ 4 <= count {
            let half = unsafe UInt32(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
            value ^= UInt64(half) &* prime1
            value = rotate(value, 23) &* prime2 &+ prime3
            offset &+= 4
        }
        while offset < count {
            let byte = unsafe base.load(fromByteOffset: offset, as: UInt8.self)
            value ^= UInt64(byte) &* prime5
            value = rotate(value, 11) &* prime1
            offset &+= 1
        }
        return finalise(value)
    }

    @inlinable @inline(__always)
    static func stripes(_ base: UnsafeRawPointer, count: Int, offset: inout Int) -> UInt64 {
        var lane1 = prime1 &+ prime2
        var lane2 = prime2
        var lane3: UInt64 = 0
        var lane4 = 0 &- prime1
        repeat {
            lane1 = round(lane1, unsafe word(base, offset))
            lane2 = round(lane2, unsafe word(base, offset &+ 8))
            lane3 = round(lane3, unsafe word(base, offset &+ 16))
            lane4 = round(lane4, unsafe word(base, offset &+ 24))
            offset &+= 32
        } while offset &+ 32 <= count
        var value = rotate(lane1, 1) &+ rotate(lane2, 7) &+ rotate(lane3, 12) &+ rotate(lane4, 18)
        value = merge(value, lane1)
        value = merge(value, lane2)
        value = merge(value, lane3)
        return merge(value, lane4)
    }

    @inlinable @inline(__always)
    static func word(_ base: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    @inlinable @inline(__always)
    static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 {
        (value &<< count) | (value &>> (64 &- count))
    }

    @inlinable @inline(__always)
    static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
        rotate(lane &+ input &* prime2, 31) &* prime1
    }

    @inlinable @inline(__always)
    static func merge(_ value: UInt64, _ lane: UInt64) -> UInt64 {
        (value ^ round(0, lane)) &* prime1 &+ prime4
    }

    @inlinable @inline(__always)
    static func finalise(_ value: UInt64) -> UInt64 {
        var value = value
        value ^= value &>> 33
        value = value &* prime2
        value ^= value &>> 29
        value = value &* prime3
        return value ^ (value &>> 32)
    }

    /// Which of `count` equal ranges of hashes `hash` falls in: `0 ..< count`.
    ///
    /// Shards and slots are chosen by the hash's high bits, tables by its low ones.
    @inlinable
    public static func bucket(of hash: UInt64, count: Int) -> Int {
        Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(truncatingIfNeeded: count)).high)
    }
}
