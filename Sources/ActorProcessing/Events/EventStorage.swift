import Sharding

/// The memory of a batch: a row for each event, and all names and data flat behind one another. Never changed once built.
@safe final class EventStorage: @unchecked Sendable {
    // @unchecked: everything is written before `init` returns and only read afterwards.

    struct Row {
        var nameOffset: UInt32
        var nameLength: UInt32
        var dataOffset: UInt32
        var dataLength: UInt32
        var index: Int64
        var time: Int64
        var type: UInt32
        var extras: UInt32
    }

    /// In `Row.extras` of an event that the feed couldn't make out.
    static let rejectedExtras = UInt32.max - 1
    /// The type that such an event shows.
    static let rejectedType = "rejected"

    let rows: UnsafeMutablePointer<Row>
    let count: Int
    let bytes: UnsafeMutableRawPointer
    let byteCount: Int
    let types: [String]
    let extras: [EventExtras]
    let positions: [Int64]?
    let firstPosition: Int64
    /// Whose memory it is, when it isn't this one's.
    private let owner: EventStorage?
    /// Whether there are events that the feed couldn't make out.
    let holdsRejected: Bool

    init(
        rows source: [Row], bytes flat: [UInt8], types: [String], extras: [EventExtras], positions: [Int64]?,
        firstPosition: Int64
    ) {
        count = source.count
        let rows = UnsafeMutablePointer<Row>.allocate(capacity: max(1, source.count))
        unsafe source.withUnsafeBufferPointer { source in
            if let base = source.baseAddress { unsafe rows.initialize(from: base, count: source.count) }
        }
        unsafe self.rows = rows
        byteCount = flat.count
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(1, flat.count), alignment: 8)
        unsafe flat.withUnsafeBytes { flat in
            if let base = flat.baseAddress { unsafe bytes.copyMemory(from: base, byteCount: flat.count) }
        }
        unsafe self.bytes = bytes
        self.types = types
        self.extras = extras
        self.positions = positions
        self.firstPosition = firstPosition
        owner = nil
        holdsRejected =
            types.contains(Self.rejectedType) && source.contains { $0.extras == Self.rejectedExtras }
    }

    /// The first rows of another one, in the same memory, at other positions.
    init(_ other: EventStorage, count: Int, firstPosition: Int64) {
        self.count = count
        unsafe rows = other.rows
        unsafe bytes = other.bytes
        byteCount = other.byteCount
        types = other.types
        extras = other.extras
        positions = nil
        self.firstPosition = firstPosition
        owner = other.owner ?? other
        holdsRejected = other.holdsRejected
    }

    deinit {
        guard owner == nil else { return }
        unsafe rows.deallocate()
        unsafe bytes.deallocate()
    }

    @inline(__always)
    func name(_ row: Int) -> UnsafeRawBufferPointer {
        let row = unsafe rows + row
        return unsafe UnsafeRawBufferPointer(
            start: bytes + Int(row.pointee.nameOffset), count: Int(row.pointee.nameLength))
    }

    @inline(__always)
    func data(_ row: Int) -> UnsafeRawBufferPointer {
        let row = unsafe rows + row
        return unsafe UnsafeRawBufferPointer(
            start: bytes + Int(row.pointee.dataOffset), count: Int(row.pointee.dataLength))
    }

    /// The bytes of a row's name and data.
    func size(_ row: Int) -> Int { unsafe Int(rows[row].nameLength) + Int(rows[row].dataLength) }

    @inline(__always)
    func hash(_ row: Int) -> UInt64 { unsafe StableHash.hash(name(row)) }

    @inline(__always)
    func position(_ row: Int) -> Int64 {
        if let positions { return positions[row] }
        return firstPosition &+ Int64(row)
    }

    /// The memory that this batch holds, in bytes.
    var memory: Int { byteCount + count * MemoryLayout<Row>.stride + extras.count * 128 }
}

/// What few events carry, kept out of the rows.
struct EventExtras: Sendable {
    var id: String?
    var correlationID: String?
    var causationID: String?
    var metadata: [String: String]
}
