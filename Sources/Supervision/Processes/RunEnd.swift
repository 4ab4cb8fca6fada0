/// How a run of a process ended, as the machine needs to know it.
package enum RunEnd: Sendable, Hashable {
    /// It returned.
    case finished
    /// It threw.
    case failed(ErrorClass)

    package init(_ result: Result<Void, any Error>) {
        switch result {
        case .success: self = .finished
        case .failure(let error): self = .failed(ErrorClass(classifying: error))
        }
    }

    package var stopReason: StopReason {
        switch self {
        case .finished: .finished
        case .failed(let errorClass): .failed(errorClass)
        }
    }
}
