/// How often something may fail and still be started again: at most so many failures within a sliding window.
///
/// The name and the idea are Erlang/OTP's. A failure is within the window while it is younger than ``window``.
public struct RestartIntensity: Sendable, Hashable {
    /// How many failures the window may hold; one more exceeds the intensity. Never negative; 0 allows no restart.
    ///
    /// A failing machine remembers as many instants of eight bytes.
    public let maximumFailures: Int

    /// How long a failure counts. Never negative.
    public let window: Duration

    /// Ten failures within ten minutes: with the default backoff, an outage of some forty seconds is ridden out.
    public static let `default` = RestartIntensity(maximumFailures: 10, within: .seconds(600))

    /// An intensity; negative values count as zero.
    public init(maximumFailures: Int, within window: Duration) {
        self.maximumFailures = max(maximumFailures, 0)
        self.window = max(window, .zero)
    }
}
