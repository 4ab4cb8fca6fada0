/// What a request of a ``BatchingGate`` waits for. Touched by its gate alone.
final class WaitingAnswer<Answer: Sendable> {
    let signal = WakeSignal()
    private(set) var answer: Result<Answer, any Error>?

    func keep(_ answer: Result<Answer, any Error>) {
        self.answer = answer
        signal.signal()
    }
}
