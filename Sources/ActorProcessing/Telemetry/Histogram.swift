import Supervision

/// Durations counted in buckets that grow by an eighth: fixed in size, at most 12.5 % off.
public struct Histogram: Sendable {
    private var buckets = [UInt64](repeating: 0, count: 8 * 61)
    /// How many durations have been counted.
    public private(set) var count: UInt64 = 0

    /// An empty histogram.
    public init() {}

    /// Counts `times` equal durations.
    public mutating func record(_ duration: Duration, times: Int = 1) {
        record(nanoseconds: duration.wholeNanoseconds, times: times)
    }

    @inline(__always)
    mutating func record(nanoseconds: Int64, times: Int) {
        buckets[Self.bucket(UInt64(max(0, nanoseconds)))] &+= UInt64(times)
        count &+= UInt64(times)
    }

    /// The duration that the given share of all counted ones doesn't exceed, or `nil` when nothing was counted.
    ///
    /// - Parameter quantile: 0 to 1; 0.99 for the 99th percentile.
    public func value(at quantile: Double) -> Duration? {
        if count == 0 { return nil }
        let wanted = UInt64((Double(count) * min(max(quantile, 0), 1)).rounded(.up))
        var seen: UInt64 = 0
        for (bucket, size) in buckets.enumerated() {
            seen += size
            if seen >= max(1, wanted) { return .nanoseconds(Self.upperBound(bucket)) }
        }
        return .nanoseconds(Self.upperBound(buckets.count - 1))
    }

    /// Adds another histogram's counts.
    public mutating func add(_ other: Histogram) {
        for bucket in buckets.indices { buckets[bucket] += other.buckets[bucket] }
        count += other.count
    }

    /// Below 8 each value has a bucket; above, each power of two has eight.
    private static func bucket(_ value: UInt64) -> Int {
        if value < 8 { return Int(value) }
        let exponent = 63 - value.leadingZeroBitCount
        return min(8 * 61 - 1, (exponent - 2) * 8 + Int((value >> UInt64(exponent - 3)) & 7))
    }

    private static func upperBound(_ bucket: Int) -> Int64 {
        if bucket < 8 { return Int64(bucket) }
        let exponent = bucket / 8 + 2
        let step = UInt64(1) << UInt64(exponent - 3)
        let bound = (UInt64(1) << UInt64(exponent)) + UInt64(bucket % 8 + 1) * step - 1
        return Int64(clamping: bound)
    }
}
