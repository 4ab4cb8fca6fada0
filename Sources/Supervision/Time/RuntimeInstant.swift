/// A point on a runtime's monotonic clock: nanoseconds since that clock's origin.
///
/// Instants of two different clocks cannot be compared meaningfully. The range is about 292 years each way.
public struct RuntimeInstant: InstantProtocol, Sendable, Hashable, CustomStringConvertible {
    /// Nanoseconds since the clock's origin.
    public var nanoseconds: Int64

    /// The origin of every clock.
    public static let zero = RuntimeInstant(nanoseconds: 0)

    /// A point later than any deadline.
    public static let distantFuture = RuntimeInstant(nanoseconds: .max)

    /// The instant this many nanoseconds after its clock's origin.
    @inlinable
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// The instant `duration` later, clamped at ``distantFuture``.
    @inlinable
    public func advanced(by duration: Duration) -> RuntimeInstant {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(duration.wholeNanoseconds)
        return RuntimeInstant(nanoseconds: overflow ? (duration < .zero ? .min : .max) : sum)
    }

    /// How long after this instant `other` is; negative when it is before, clamped to the range.
    @inlinable
    public func duration(to other: RuntimeInstant) -> Duration {
        let (difference, overflow) = other.nanoseconds.subtractingReportingOverflow(nanoseconds)
        return .nanoseconds(overflow ? (other < self ? .min : .max) : difference)
    }

    /// Whether `left` comes before `right`, on one clock.
    @inlinable
    public static func < (left: RuntimeInstant, right: RuntimeInstant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    public var description: String { "+\(Duration.nanoseconds(nanoseconds))" }
}

extension Duration {
    /// This duration in whole nanoseconds, clamped to what an `Int64` holds (about 292 years).
    @inlinable
    public var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        if overflow { return seconds < 0 ? .min : .max }
        let (sum, carry) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
        return carry ? (seconds < 0 ? .min : .max) : sum
    }
}
