/// The name of one partition of a feed: the unit of arrival order, checkpoint and ownership.
public struct PartitionID: Sendable, Hashable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The name.
    public let name: String

    /// The partition of this name.
    public init(_ name: String) { self.name = name }

    /// The partition of this name, written as a literal.
    public init(stringLiteral name: String) { self.name = name }

    public var description: String { name }

    public static func < (left: PartitionID, right: PartitionID) -> Bool { left.name < right.name }
}
