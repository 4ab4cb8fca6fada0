import Sharding

/// The name of one stream: `{category}-{id}`, for example `Order-4711`.
///
/// The category is what stands before the first dash and says what kind of thing the stream is; the id is the rest
/// and may hold dashes itself. Both are non-empty. Names are compared byte for byte.
public struct StreamName: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The whole name.
    public let value: String

    /// A name made of a category without dashes and an id.
    public init(category: String, id: String) {
        self.init(unchecked: "\(category)-\(id)")
    }

    /// A name from its text.
    ///
    /// - Throws: ``EventError`` of code ``EventError/Code/invalidStreamName`` when there is no dash, or nothing before or after it.
    public init(_ text: String) throws(EventError) {
        guard let dash = text.utf8.firstIndex(of: UInt8(ascii: "-")), dash != text.utf8.startIndex,
            text.utf8.index(after: dash) != text.utf8.endIndex
        else { throw EventError.invalidStreamName(text) }
        value = text
    }

    package init(unchecked text: String) { value = text }

    /// What stands before the first dash.
    public var category: Substring {
        value[..<(value.utf8.firstIndex(of: UInt8(ascii: "-")) ?? value.endIndex)]
    }

    /// What stands behind the first dash.
    public var id: Substring {
        guard let dash = value.utf8.firstIndex(of: UInt8(ascii: "-")) else { return "" }
        return value[value.utf8.index(after: dash)...]
    }

    /// The published hash that picks the stream's shard and slot.
    public var stableHash: UInt64 { StableHash.hash(value) }

    public var description: String { value }

    // String's own comparison takes different spellings of one character for equal, which the stores and the hash don't.
    public static func == (left: StreamName, right: StreamName) -> Bool {
        left.value.utf8.elementsEqual(right.value.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        for byte in value.utf8 { hasher.combine(byte) }
        hasher.combine(0xFF as UInt8)
    }

    public static func < (left: StreamName, right: StreamName) -> Bool {
        left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
    }
}
