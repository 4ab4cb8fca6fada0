/// A place in a partition: where to read next. Positions of one partition rise with the order of arrival; they need not be dense.
public struct FeedPosition: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// The position as a number; 0 is the beginning. A merged feed gives negative ones to what it was asked for.
    public var value: Int64

    /// The beginning of every partition.
    public static let start = FeedPosition(0)

    /// A position.
    public init(_ value: Int64) { self.value = value }

    public var description: String { "\(value)" }

    public static func < (left: FeedPosition, right: FeedPosition) -> Bool { left.value < right.value }
}
