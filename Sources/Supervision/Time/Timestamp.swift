/// A time of day: nanoseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// The range is the years 1678 to 2262.
public struct Timestamp: Sendable, Hashable, Comparable, Codable {
    /// Nanoseconds since 1970-01-01T00:00:00Z.
    public var nanosecondsSince1970: Int64

    /// The time this many nanoseconds after 1970-01-01T00:00:00Z; negative before it.
    @inlinable
    public init(nanosecondsSince1970: Int64) {
        self.nanosecondsSince1970 = nanosecondsSince1970
    }

    /// Whether `left` comes before `right`.
    @inlinable
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.nanosecondsSince1970 < right.nanosecondsSince1970
    }

    /// The time `duration` later, clamped to the range.
    @inlinable
    public func advanced(by duration: Duration) -> Timestamp {
        let (sum, overflow) = nanosecondsSince1970.addingReportingOverflow(duration.wholeNanoseconds)
        return Timestamp(nanosecondsSince1970: overflow ? (duration < .zero ? .min : .max) : sum)
    }

    /// How long after this time `other` is; negative when it is before.
    @inlinable
    public func duration(to other: Timestamp) -> Duration {
        let (difference, overflow) = other.nanosecondsSince1970.subtractingReportingOverflow(nanosecondsSince1970)
        return .nanoseconds(overflow ? (other < self ? .min : .max) : difference)
    }
}
