import Supervision

extension ShardExecutor {
    /// Lets the jobs and timers that wait on this executor run first, whatever is signalled meanwhile.
    ///
    /// Not a method of the actor that calls it: a continuation that is taken in an actor's own method comes back by way
    /// of the global executor, one that is taken in a method with its caller's isolation doesn't.
    func standBack() async {
        unsafe await withUnsafeContinuation { unsafe schedule(Return($0), at: .zero) }
    }

    @safe private final class Return: TimerTarget {
        private let continuation: UnsafeContinuation<Void, Never>

        init(_ continuation: UnsafeContinuation<Void, Never>) { unsafe self.continuation = continuation }

        func timerFired() { unsafe continuation.resume() }
    }
}
