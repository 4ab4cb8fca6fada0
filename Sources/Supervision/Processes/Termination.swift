/// How one run of a process ended.
public enum Termination: Sendable, CustomStringConvertible {
    /// It returned though nobody had asked it to stop.
    case finished
    /// It threw this error.
    case failed(any Error)
    /// It was asked to stop and did; or it gave up by a `CancellationError` of its own.
    case cancelled
    /// The kill switch stopped it.
    case killed

    package init(_ result: Result<Void, any Error>, cause: StopCause?) {
        switch (result, cause) {
        case (_, .killSwitch): self = .killed
        case (.success, nil): self = .finished
        case (.success, .requested): self = .cancelled
        case (.failure(let error), _): self = ErrorClass(classifying: error) == .cancelled ? .cancelled : .failed(error)
        }
    }

    public var description: String {
        switch self {
        case .finished: "finished"
        case .failed(let error): "failed: \(error)"
        case .cancelled: "cancelled"
        case .killed: "killed"
        }
    }
}
