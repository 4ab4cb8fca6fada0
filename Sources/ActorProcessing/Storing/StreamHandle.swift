/// Where a store finds a stream again: a number of the store's own, given out when the stream is loaded and handed back
/// with its outcomes, so that the store needs no look-up by name.
public struct StreamHandle: Sendable, Hashable {
    /// The store's number; `UInt32.max` stands for none.
    public let value: UInt32

    /// The store has to look the stream up by its name.
    public static let none = StreamHandle(.max)

    /// A handle of the store's own making.
    public init(_ value: UInt32) { self.value = value }
}
