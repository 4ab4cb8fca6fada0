import ActorProcessing

/// A reactor at work beside those who follow it to its end, look at it now and then, and may interrupt it.
struct AttendedRun<Results: Sendable>: Sendable {
    enum End: Sendable {
        /// Everything is handled.
        case finished(Results)
        /// An interrupt stopped it.
        case interrupted(StopReport)
    }

    private enum Part: Sendable {
        case reactorEnded
        case watchingEnded
        case finished(Results)
        case interrupted(StopReport)
    }

    let reactor: Reactor
    /// Waits until everything is through, and lets the reactor end.
    let follow: @Sendable () async throws -> Results
    /// Looks at how far it is; what it throws ends the looking.
    let look: @Sendable () async throws -> Void

    /// Runs until everything is handled, or until the first of `interrupts`.
    func run(interrupts: AsyncStream<Void>, every interval: Duration) async throws -> End {
        try await withThrowingTaskGroup(of: Part.self) { group in
            group.addTask {
                try await reactor.run()
                return .reactorEnded
            }
            group.addTask { try await followed() }
            group.addTask {
                for await _ in interrupts { return .interrupted(try await reactor.stop()) }
                return .watchingEnded
            }
            group.addTask { await looked(every: interval) }
            defer { group.cancelAll() }
            var results: End?
            var hasEnded = false
            while let part = try await group.next() {
                switch part {
                case .watchingEnded: continue
                case .finished(let all): results = .finished(all)
                case .interrupted(let report): return .interrupted(report)
                case .reactorEnded: hasEnded = true
                }
                // Either of the two may be the first to be heard of.
                if hasEnded, let results { return results }
            }
            throw CancellationError()
        }
    }

    private func looked(every interval: Duration) async -> Part {
        do {
            while true {
                try await Task.sleep(for: interval)
                try await look()
            }
        } catch {
            // The reactor has ended, or nobody looks any more.
            return .watchingEnded
        }
    }

    private func followed() async throws -> Part {
        do {
            return .finished(try await follow())
        } catch is CancellationError {
            // Stopped in the middle: the others say how that ended.
            return .watchingEnded
        } catch let error as ReactorError where error.code == .notRunning {
            return .watchingEnded
        }
    }
}
