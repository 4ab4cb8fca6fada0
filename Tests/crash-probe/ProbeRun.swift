#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Sharding
    import Supervision

    /// One process's part of a workload: from wherever the files stand to the end, unless it dies before.
    struct ProbeRun: Sendable {
        let options: ProbeOptions
        private let repair = ProbeMachine.Repair()

        init(_ options: ProbeOptions) { self.options = options }

        /// The file of whoever receives what leaves the reactor.
        static func receiverPath(_ path: String) -> String { path + ".received" }

        func run() async throws {
            let workload = ProbeWorkload(seed: options.workload)
            var configuration = SQLiteConfiguration()
            configuration.synchronous = .normal
            configuration.migrations = [ProbeViews.migrations]
            let store = try await SQLiteStore(options.state, configuration: configuration)
            let receiver = try await ProbeReceiver(
                Self.receiverPath(options.state), reminders: ProbeFold(workload).reminders)
            let feed = try workload.makeFeed()
            let reactor = makeReactor(store, receiver, feed)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await reactor.run() }
                group.addTask {
                    try await follow(reactor, receiver)
                    feed.finish()
                }
                // One that fails ends the other.
                for try await _ in group {}
            }
            try await store.close()
            try await receiver.close()
        }

        private func makeReactor(_ store: SQLiteStore, _ receiver: ProbeReceiver, _ feed: MemoryFeed) -> Reactor {
            let crash = options.crash.map { ProbeCrash(seed: $0) }
            let faults = ProbeFaults(seed: options.workload)
            let showsProgress = options.showsProgress
            let reached: @Sendable (ProbeCrash.Point) -> Void = { point in
                crash?.reached(point)
                if showsProgress, point == .handling { ProbeOutput.write(".") }
            }
            let machine = ProbeMachine(faults: faults, repair: repair, reached: reached)
            let reactor = Reactor(
                name: "accounts", feed: feed, machine: machine, store: crash?.wrap(store) ?? store,
                configuration: configuration, runtime: .live(shards: 2, seed: options.workload),
                telemetry: ProbeListener(),
                publish: { publication in
                    try faults.strike(.publication, publication.stream, publication.version, percent: 3)
                    reached(.beforePublishing)
                    try await receiver.take(publication)
                    reached(.afterPublishing)
                })
            reactor.onResults { results in
                reached(.beforeResults)
                try await receiver.take(results)
                reached(.afterResults)
            }
            reactor.onOutputs { outputs in
                if let first = outputs.first {
                    try faults.strike(.receiver, first.stream, first.row.position.version, percent: 3)
                }
                reached(.beforeOutputs)
                try await receiver.take(outputs)
                reached(.afterOutputs)
            }
            return reactor
        }

        /// Small batches and short times: much happens at once, and everything happens often.
        private var configuration: ReactorConfiguration {
            var configuration = ReactorConfiguration()
            configuration.maximumBatchEvents = 64
            configuration.maximumEventsInFlight = 256
            configuration.resequencing.windowTickets = 256
            configuration.maximumSpanEvents = 8
            configuration.restarts = RestartPolicy(
                backoff: Backoff(base: .milliseconds(1), cap: .milliseconds(5)), onIntensityExceeded: .restart)
            configuration.storeBackoff = Backoff(base: .milliseconds(1), cap: .milliseconds(20))
            configuration.debounce = DebounceConfiguration(
                quietPeriod: .milliseconds(3), longestWait: .milliseconds(20), retryDelay: .milliseconds(2))
            configuration.checkpointInterval = .milliseconds(20)
            // Nothing is ever missing for good: on a busy machine a gap may only seem so, and what the feed is asked for comes late.
            configuration.gaps = GapConfiguration(backfillAfter: .seconds(3600), patience: .seconds(7200))
            configuration.passivateAfter = .milliseconds(50)
            configuration.ownership = options.isPatient ? .wait : .refuse
            return configuration
        }

        /// Waits until everything is through, mends what was parked, and waits for all timers.
        private func follow(_ reactor: Reactor, _ receiver: ProbeReceiver) async throws {
            try await reactor.waitUntilCaughtUp()
            repair.carryOut()
            for parked in try await persistently({ try await reactor.parkedStreams() }) {
                try await persistently { try await retry(parked.stream, reactor) }
            }
            try await receiver.waitForReminders()
            try await reactor.waitUntilCaughtUp()
            if options.isLasting { try await Promise<Void>().value }
        }

        /// Says when it waits for another process.
        private struct ProbeListener: TelemetryListener {
            func happened(_ event: TelemetryEvent) {
                if case .ownershipAwaited = event { ProbeOutput.write("w") }
            }
        }

        /// What an answer that got lost was about is done already.
        private func retry(_ stream: StreamName, _ reactor: Reactor) async throws {
            do {
                try await reactor.retry(stream)
            } catch let error as ReactorError where error.code == .notParked {
                return
            }
        }

        /// Asks again after what has failed on purpose, here or in the store.
        private func persistently<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
            while true {
                do {
                    return try await body()
                } catch {
                    guard ErrorClass(classifying: error) == .retriable else { throw error }
                }
            }
        }
    }
#endif
