/// Why something was not started again.
public enum StopReason: Sendable, Hashable, CustomStringConvertible {
    /// The policy doesn't restart after a failure of this class.
    case failed(ErrorClass)
    /// It ended normally, and the policy doesn't restart after that.
    case finished
    /// It failed more often than this intensity allows.
    case intensityExceeded(RestartIntensity)
    /// Somebody asked for it.
    case requested

    public var description: String {
        switch self {
        case .failed(let errorClass): "it failed with a \(errorClass) error"
        case .finished: "it ended normally"
        case .intensityExceeded(let limit): "it failed more than \(limit.maximumFailures) times within \(limit.window)"
        case .requested: "it was asked to stop"
        }
    }
}
