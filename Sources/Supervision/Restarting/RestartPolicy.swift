/// What to do about failures: a directive for each class, how long to back off, and how often is too often.
///
/// Only failures whose directive is `restart` count against the intensity.
public struct RestartPolicy: Sendable, Hashable {
    /// How long to wait before each restart.
    public var backoff: Backoff
    /// How many restarts are allowed.
    public var intensity: RestartIntensity
    /// What follows a ``ErrorClass/retriable`` failure.
    public var onRetriable: RestartDirective
    /// What follows a ``ErrorClass/permanent`` failure.
    public var onPermanent: RestartDirective
    /// What follows a ``ErrorClass/timedOut`` failure.
    public var onTimedOut: RestartDirective
    /// What follows a ``ErrorClass/cancelled`` failure that nobody asked for.
    public var onCancelled: RestartDirective
    /// What follows the normal end of a process. Streams don't use it.
    public var onFinish: RestartDirective
    /// What follows a restart too many. `restart` means to go on for ever, with backoff.
    public var onIntensityExceeded: RestartDirective

    /// For streams: retry with backoff; park after a permanent failure or past the intensity.
    public static let stream = RestartPolicy()

    /// For processes: restart with backoff, after a normal end too; escalate a permanent failure or one restart too
    /// many.
    public static let process = RestartPolicy(onPermanent: .escalate, onIntensityExceeded: .escalate)

    /// A policy; what isn't given is that of ``stream``.
    public init(
        backoff: Backoff = .default,
        intensity: RestartIntensity = .default,
        onRetriable: RestartDirective = .restart,
        onPermanent: RestartDirective = .stop,
        onTimedOut: RestartDirective = .restart,
        onCancelled: RestartDirective = .restart,
        onFinish: RestartDirective = .restart,
        onIntensityExceeded: RestartDirective = .stop
    ) {
        self.backoff = backoff
        self.intensity = intensity
        self.onRetriable = onRetriable
        self.onPermanent = onPermanent
        self.onTimedOut = onTimedOut
        self.onCancelled = onCancelled
        self.onFinish = onFinish
        self.onIntensityExceeded = onIntensityExceeded
    }

    /// What follows a failure of this class while the intensity isn't exceeded.
    public func directive(for errorClass: ErrorClass) -> RestartDirective {
        switch errorClass {
        case .retriable: onRetriable
        case .permanent: onPermanent
        case .timedOut: onTimedOut
        case .cancelled: onCancelled
        }
    }
}
