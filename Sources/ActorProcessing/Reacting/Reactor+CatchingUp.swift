import Sharding
import Supervision

extension Reactor {
    /// Runs until everything is done that lies before the tails as they are at the start, then stops gracefully.
    ///
    /// For hosts that live for a short time only: a scheduled job, a function that is called. Done means committed or parked,
    /// and published, emitted and delivered. Like ``run()`` it may be called once.
    ///
    /// - Parameter timeLimit: how long it may take, counted from when the reactor has begun to run; longer than zero.
    ///   Then it stops gracefully as well, within the grace period of the configuration. `nil` for as long as it takes.
    /// - Returns: whether it has caught up, and what the stop has left.
    /// - Throws: what ``run()`` throws, and errors of the feed when it is asked for its tails, unless they may be retried.
    public func runUntilCaughtUp(timeLimit: Duration? = nil) async throws -> CatchUpReport {
        guard timeLimit.map({ $0 > .zero }) ?? true else {
            throw ReactorError.invalidConfiguration("timeLimit must be longer than zero, or nil for none")
        }
        async let end = runToEnd()
        let catchUp: Result<Bool, any Error>
        do {
            catchUp = .success(try await current().catchUp(within: timeLimit))
        } catch is CancellationError {
            catchUp = .success(false)
        } catch {
            catchUp = .failure(error)
        }
        requestStop()
        // The reactor's own error comes before that of waiting for it.
        let report = try await end
        return CatchUpReport(isCaughtUp: try report.reachedEnd || catchUp.get(), stop: report)
    }
}

extension RunningReactor {
    /// - Returns: whether everything before the present tails was done in time, and before the reactor ended.
    func catchUp(within limit: Duration?) async throws -> Bool {
        let deadline = limit.map { runtime.clock.now.advanced(by: $0) }
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { try await self.catchUp() }
            if let deadline {
                group.addTask {
                    try await self.runtime.clock.sleep(until: deadline, tolerance: nil)
                    return false
                }
            }
            defer { group.cancelAll() }
            return try await group.next() ?? false
        }
    }

    private func catchUp() async throws -> Bool {
        var attempt = 0
        while true {
            do {
                try await waitUntilCaughtUp()
                return true
            } catch {
                attempt += 1
                // It is stopping already, or has failed.
                if hasEnded || Task.isCancelled { return false }
                guard await core.mayRetry(error, attempt, on: runtime.control, runtime.makeGenerator()) else {
                    throw error
                }
            }
        }
    }
}
