/// How far one stream is handled: the index that its next event must have at least.
public struct StreamPosition: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// The next index; `Int64.min` when nothing of the stream has been handled.
    public var nextIndex: Int64

    /// Nothing of the stream has been handled yet.
    public static let none = StreamPosition(nextIndex: .min)

    @inlinable
    public init(nextIndex: Int64) { self.nextIndex = nextIndex }

    public var description: String { self == .none ? "none" : "\(nextIndex)" }

    @inlinable
    public static func < (left: StreamPosition, right: StreamPosition) -> Bool { left.nextIndex < right.nextIndex }
}
