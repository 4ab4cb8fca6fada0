/// How a ``BatchingGate`` gathers requests.
public struct BatchingGateConfiguration: Sendable, Hashable {
    /// The most requests in one batch; at least 1.
    public var maximumBatch: Int

    /// How long the first request of a batch waits for others when nothing is in flight; zero for not at all. A full batch
    /// doesn't wait.
    public var linger: Duration

    /// Sets what differs from the defaults. Ranges are checked when it is used.
    public init(maximumBatch: Int = 1_000, linger: Duration = .zero) {
        self.maximumBatch = maximumBatch
        self.linger = linger
    }

    func checkRanges() {
        precondition(maximumBatch > 0, "A batch must have room for a request")
        precondition(linger >= .zero, "A gate must not linger for a negative time")
    }
}
