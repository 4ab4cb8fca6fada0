extension ProcessGroup {
    /// Starts a child task of `run()`.
    ///
    /// Children start in the group's isolation, so that with a pinned executor they never visit the thread pool.
    func launch(_ assignment: Assignment, among children: inout DiscardingTaskGroup) {
        switch assignment {
        case .conduct(let run, let process):
            children.addImmediateTask { await self.conduct(run, process) }
        case .backOff(let id, let delay, let cancel):
            let deadline = clock.now.advanced(by: delay)
            children.addImmediateTask { await self.backOff(id, until: deadline, cancel: cancel) }
        }
    }

    private func conduct(_ run: ProcessRun, _ process: SupervisedProcess) async {
        let result = await stoppable(by: run.stop) { await self.call(process) }
        noteCancellation()
        processEnded(run, result)
    }

    private func backOff(_ id: RunID, until deadline: RuntimeInstant, cancel: Signal) async {
        let clock = clock
        let result = await stoppable(by: cancel) {
            await Result.catching { try await clock.sleep(until: deadline, tolerance: nil) }
        }
        noteCancellation()
        // A sleep fails only when it was cancelled, and then the machine knows.
        if case .success = result { backoffElapsed(id) }
    }

    /// A child is cancelled when `run()` is, and by nothing else; it may come to know of it before `run()` does.
    private func noteCancellation() {
        if Task.isCancelled { stop() }
    }

    /// Runs the body and cancels it when the signal is raised; returns what the body returned.
    private func stoppable(
        by stop: Signal,
        _ body: @escaping @Sendable () async -> Result<Void, any Error>
    ) async -> Result<Void, any Error> {
        guard !stop.isRaised else { return .failure(CancellationError()) }
        return await withTaskGroup(of: Result<Void, any Error>?.self) { race in
            race.addImmediateTask { await self.perform(body) }
            race.addImmediateTask { await self.waitToStop(stop) }
            var result: Result<Void, any Error>?
            while let next = await race.next() {
                race.cancelAll()
                if let next { result = next }
            }
            guard let result else { preconditionFailure("a process's task ended without a result") }
            return result
        }
    }

    private func perform(_ body: @Sendable () async -> Result<Void, any Error>) async -> Result<Void, any Error>? {
        await body()
    }

    private func waitToStop(_ stop: Signal) async -> Result<Void, any Error>? {
        await stop.waitUnlessCancelled()
        return nil
    }

    private func call(_ process: SupervisedProcess) async -> Result<Void, any Error> {
        guard pinnedExecutor == nil else { return await .catching { try await process.run() } }
        return await Self.callOnThreadPool(process)
    }

    @concurrent
    private static func callOnThreadPool(_ process: SupervisedProcess) async -> Result<Void, any Error> {
        await .catching { try await process.run() }
    }
}

extension Result where Success == Void, Failure == any Error {
    fileprivate static func catching(_ body: () async throws -> Void) async -> Self {
        do {
            return .success(try await body())
        } catch {
            return .failure(error)
        }
    }
}
