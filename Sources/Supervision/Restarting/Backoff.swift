/// How long to wait before an attempt is repeated: exponential, capped, with full jitter.
///
/// The wait before attempt *n* + 1 is drawn evenly from zero to `min(cap, base × factorⁿ⁻¹)`. Full jitter spreads
/// callers that failed together; it is described in Marc Brooker's "Exponential Backoff And Jitter" (AWS, 2015).
public struct Backoff: Sendable, Hashable {
    /// The longest wait after the first failure. Never negative.
    public let base: Duration

    /// What the longest wait is multiplied by after each further failure. At least 1.
    public let factor: Double

    /// No wait is longer than this. At least ``base``.
    public let cap: Duration

    /// From 100 milliseconds, doubling, up to 30 seconds.
    public static let `default` = Backoff(base: .milliseconds(100), factor: 2, cap: .seconds(30))

    /// A backoff; values out of range are moved into it: a negative `base` is zero, a `factor` below 1 is 1, and a
    /// `cap` below `base` is `base`.
    public init(base: Duration, factor: Double = 2, cap: Duration) {
        self.base = max(base, .zero)
        self.factor = factor >= 1 ? factor : 1
        self.cap = max(cap, self.base)
    }

    /// The longest wait after `attempt` failures, before jitter; to the nanosecond.
    ///
    /// - Parameter attempt: 1 for the first failure; anything below counts as 1.
    public func ceiling(forAttempt attempt: Int) -> Duration {
        let first = base.wholeNanoseconds
        guard first > 0 else { return .zero }
        let last = cap.wholeNanoseconds
        let grown = Double(first) * Self.power(factor, max(attempt, 1) - 1)
        // A value at or above the cap, infinity included, never reaches the conversion, which would trap.
        return .nanoseconds(grown < Double(last) ? Int64(grown) : last)
    }

    /// A wait after `attempt` failures: between zero and ``ceiling(forAttempt:)``, both included.
    ///
    /// - Parameters:
    ///   - attempt: 1 for the first failure; anything below counts as 1.
    ///   - generator: where the jitter comes from.
    public func delay(
        forAttempt attempt: Int,
        using generator: inout some RandomNumberGenerator
    ) -> Duration {
        let ceiling = UInt64(self.ceiling(forAttempt: attempt).wholeNanoseconds)
        return .nanoseconds(Int64(generator.next(upperBound: ceiling + 1)))
    }

    private static func power(_ base: Double, _ exponent: Int) -> Double {
        var result = 1.0
        var square = base
        var remaining = exponent
        while remaining > 0 {
            if remaining & 1 == 1 { result *= square }
            square *= square
            remaining >>= 1
        }
        return result
    }
}
