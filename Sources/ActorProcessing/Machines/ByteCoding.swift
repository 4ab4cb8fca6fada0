/// Writes numbers, strings and bytes one behind the other.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ number: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    mutating func write(_ run: [UInt8]) {
        write(UInt64(run.count))
        bytes += run
    }

    mutating func write(_ text: String) { write([UInt8](text.utf8)) }

    mutating func write(_ text: String?) {
        bytes.append(text == nil ? 0 : 1)
        if let text { write(text) }
    }
}

/// Reads what a ``ByteWriter`` has written.
struct ByteReader {
    private let source: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8]) { source = bytes }

    mutating func integer() throws(EventError) -> UInt64 {
        var number: UInt64 = 0
        for (place, byte) in try take(8).enumerated() { number |= UInt64(byte) << (8 * UInt64(place)) }
        return number
    }

    mutating func count() throws(EventError) -> Int {
        let number = try integer()
        guard number <= UInt64(source.count) else { throw Self.corrupted }
        return Int(number)
    }

    mutating func bytes() throws(EventError) -> [UInt8] { Array(try take(try count())) }

    mutating func string() throws(EventError) -> String { String(decoding: try bytes(), as: UTF8.self) }

    mutating func optionalString() throws(EventError) -> String? {
        guard let flag = try take(1).first, flag != 0 else { return nil }
        return try string()
    }

    private mutating func take(_ count: Int) throws(EventError) -> ArraySlice<UInt8> {
        guard offset + count <= source.count else { throw Self.corrupted }
        defer { offset += count }
        return source[offset..<offset + count]
    }

    private static let corrupted = EventError(
        .undecodable,
        "a kept stash ends too early or holds impossible lengths: remove the stream's snapshot to have its state built anew"
    )
}
