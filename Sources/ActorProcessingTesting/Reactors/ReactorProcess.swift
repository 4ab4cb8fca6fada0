public import ActorProcessing
import Sharding
import Supervision
import Synchronization

/// A reactor that runs in a simulation, seen from outside of its process.
///
/// Whatever asks the reactor something may wait for ever, since the process may die: ask in a task of its own.
public struct ReactorProcess: Sendable {
    /// The reactor.
    public let reactor: Reactor
    let run: ReactorRun

    private var life: ReactorSimulation { run.life }

    /// How the process has ended, as soon as it has.
    public var end: ProcessEnd {
        get async {
            do {
                return try await run.ending.value
            } catch {
                return .failed(error)
            }
        }
    }

    /// Has a look at the reactor written down now and then, until it ends.
    public func look(every interval: Duration) {
        Task {
            while run.ending.isOpen {
                if let status = try? await reactor.status { life.history.add(.looked(status), run: run.number) }
                try? await life.simulation.advance(by: interval)
            }
        }
    }

    /// Has the reactor stopped once all that its source holds is handled: after the first time, all faults are healed
    /// and parked streams are retried as long as there are any.
    public func finishEverything() {
        Task {
            await persist { try await reactor.waitUntilCaughtUp() }
            life.heal()
            await persist { while try await retryParked() {} }
            await persist {
                try await reactor.waitUntilCaughtUp()
                life.history.add(.caughtUp(try await reactor.status), run: run.number)
            }
            await persist { try await stop() }
        }
    }

    /// Tries until it succeeds or the reactor has ended: what asks the feed or the store may meet their faults.
    private func persist(_ body: () async throws -> Void) async {
        while run.ending.isOpen {
            do {
                return try await body()
            } catch {
                try? await life.simulation.advance(by: .milliseconds(500))
            }
        }
    }

    /// Stops the reactor gracefully.
    @discardableResult
    public func stop() async throws -> StopReport {
        life.history.add(.stopRequested, run: run.number)
        let report = try await reactor.stop()
        life.history.add(.stopped(report), run: run.number)
        return report
    }

    /// What the reactor says of itself and of the streams that its feed has handed over, if it still answers.
    func explanation() async -> String {
        var streams: Set<StreamName> = []
        for case .read(_, let events) in life.history.entries.map(\.fact) { streams.formUnion(events.map(\.stream)) }
        let answer = Mutex("\n  it doesn't answer")
        Task { [streams] in
            var lines: [String] = []
            for partition in try await reactor.status.partitions { lines.append("\(partition)") }
            for stream in streams.sorted() {
                guard let found = try await reactor.explain(stream) else { continue }
                lines.append(
                    "\(stream): \(found.activity) at \(found.position), \(found.waitingMessages) messages, "
                        + "\(found.stashedEvents) stashed, \(found.isParked ? "parked, " : "")then "
                        + "\(found.decisions.map { "\($0.time) \($0.decision)" }.suffix(4))")
            }
            answer.withLock { [lines] in $0 = lines.map { "\n  " + $0 }.joined() }
        }
        await life.simulation.settle()
        return answer.withLock { $0 }
    }

    /// - Returns: whether there was a parked stream.
    private func retryParked() async throws -> Bool {
        let parked = try await life.store.parkedStreams(reactor: reactor.name)
        for stream in parked where run.ending.isOpen {
            do {
                try await reactor.retry(stream.stream)
                life.history.add(.retried(stream.stream, nil), run: run.number)
            } catch {
                life.history.add(.retried(stream.stream, error), run: run.number)
                try await life.simulation.advance(by: .milliseconds(500))
            }
        }
        return !parked.isEmpty && run.ending.isOpen
    }
}
