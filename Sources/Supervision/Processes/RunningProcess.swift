/// One run of a supervised process; a restart makes another.
public struct RunningProcess: Sendable {
    /// The process's name.
    public let name: String

    let run: RunID
    let promise: TerminationPromise
    let group: ProcessGroup

    /// How this run ended; waits until it has, whether or not the waiting task is cancelled.
    ///
    /// Must not be awaited from inside the process itself: it would wait for its own end.
    public var termination: Termination {
        get async { await promise.value }
    }

    /// Asks this run to stop, by cancellation, and waits until it has.
    ///
    /// The process stays stopped until somebody restarts it. Does nothing but wait when the run is at its end. Must not
    /// be awaited from inside the process itself.
    public func shutdown() async {
        await group.shutDown(run)
        _ = await promise.value
    }
}
