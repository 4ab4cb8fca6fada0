/// Which streams to load, flat in memory.
public struct StreamQuery: Sendable {
    /// One stream of a query.
    public struct Row: Sendable {
        /// The stable hash of the stream's name.
        public let hash: UInt64
        let nameOffset: UInt32
        let nameLength: UInt32
    }

    /// The streams, in the order in which answers are wanted.
    public private(set) var rows: [Row] = []
    private var names: [UInt8] = []

    /// A query of no streams.
    public init() {}

    /// A query of these streams.
    public init(_ streams: [StreamName]) {
        for stream in streams {
            var name = stream.value
            let hash = stream.stableHash
            name.withUTF8 { unsafe append(name: UnsafeRawBufferPointer($0), hash: hash) }
        }
    }

    /// How many streams are asked for.
    public var count: Int { rows.count }
    /// Whether none is.
    public var isEmpty: Bool { rows.isEmpty }

    /// The name of a stream; a new string at each call.
    public func stream(of row: Row) -> StreamName {
        unsafe withName(of: row) { name in unsafe StreamName(unchecked: String(decoding: name, as: UTF8.self)) }
    }

    /// Calls `body` with the UTF-8 bytes of a stream's name.
    public func withName<Result>(of row: Row, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try unsafe names.withUnsafeBytes { names in
            let start = Int(row.nameOffset)
            return unsafe try body(UnsafeRawBufferPointer(rebasing: names[start..<start + Int(row.nameLength)]))
        }
    }

    mutating func append(name: UnsafeRawBufferPointer, hash: UInt64) {
        rows.append(Row(hash: hash, nameOffset: UInt32(names.count), nameLength: UInt32(name.count)))
        unsafe names.append(contentsOf: name)
    }

    mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        names.removeAll(keepingCapacity: true)
    }
}
