#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Sharding
    import Supervision
    import Synchronization

    /// How soon a reactor is at work again: a file that knows many streams with their states is opened, and each has an event.
    struct RestartRun {
        let streams: Int
        let synchronous: SQLiteConfiguration.Synchronous

        func measure(_ options: BenchOptions) async throws -> Figures {
            let file = TemporaryDatabase("restart")
            defer { file.remove() }
            var configuration = SQLiteConfiguration()
            configuration.synchronous = synchronous
            configuration.migrations = [SQLiteMigrations(component: "bench", steps: [DurableHandler.tables])]
            let clock = ContinuousClock()
            let before = try await SQLiteStore(file.path, configuration: configuration)
            try await run(round: 0, on: before, options)
            try await before.close()

            let again = try batches(round: 1, of: options.batch)
            let start = clock.now
            let store = try await SQLiteStore(file.path, configuration: configuration)
            let opened = clock.now
            let first = try await run(again, on: store, options)
            let end = clock.now
            let expected = try digest()
            try await DurableCheck(store: store, streams: streams, events: 2 * streams, digest: expected).run()
            try await store.close()

            var figures = Figures()
            figures.add("digest", expected.hexadecimal)
            figures.add("streams", streams)
            figures.add("fileMiB", Double(file.bytes) / 1_048_576)
            figures.add("openSeconds", (opened - start).seconds)
            figures.add("firstEventSeconds", (first - start).seconds)
            figures.add("allStreamsSeconds", (end - start).seconds)
            let bare = try BareRestart(path: file.path, configuration: configuration).measure()
            figures.add("bareCheckSeconds", bare.check)
            figures.add("bareStreamsSeconds", bare.reading)
            return figures
        }

        /// - Returns: when the first event was handled.
        @discardableResult
        private func run(
            _ batches: [EventBatch], on store: SQLiteStore, _ options: BenchOptions
        ) async throws -> ContinuousClock.Instant {
            let first = FirstEvent()
            let totals = Totals()
            let reactor = Reactor(
                name: "bench", feed: PreparedFeed(batches),
                handler: RestartedHandler(
                    handler: DurableHandler(totals: totals, keepsStates: true), first: first),
                store: store, runtime: .live(shards: options.shards))
            try await reactor.run()
            guard totals.events == streams, let time = first.time else {
                throw WrongResult(text: "\(totals.events) of \(streams) events were handled")
            }
            return time
        }

        private func run(round: Int, on store: SQLiteStore, _ options: BenchOptions) async throws {
            try await run(try batches(round: round, of: options.batch), on: store, options)
        }

        /// An event for each stream.
        private func batches(round: Int, of size: Int) throws -> [EventBatch] {
            try stride(from: 0, to: streams, by: size).map { first in
                var builder = EventBatch.Builder()
                for number in first..<min(streams, first + size) {
                    var payload = payload(number, round).littleEndian
                    try unsafe Workload.name(number).withUnsafeBytes { name in
                        try unsafe withUnsafeBytes(of: &payload) { data in
                            try unsafe builder.append(name: name, index: Int64(round), type: "Added", data: data)
                        }
                    }
                }
                return builder.finish(firstPosition: Int64(round * streams + first))
            }
        }

        private func payload(_ stream: Int, _ round: Int) -> UInt64 {
            var generator = SplitMix64(seed: UInt64(stream * 2 + round))
            return generator.next()
        }

        /// What two events for each stream come to.
        private func digest() throws -> UInt64 {
            (0..<streams).reduce(0) { digest, stream in
                var state = DigestHandler.State()
                for round in 0..<2 { state.add(payload(stream, round)) }
                return digest ^ state.digest
            }
        }
    }

    /// The moment of the first event.
    private final class FirstEvent: Sendable {
        private let noted = Mutex<ContinuousClock.Instant?>(nil)

        var time: ContinuousClock.Instant? { noted.withLock { $0 } }

        func handled() { noted.withLock { $0 = $0 ?? ContinuousClock.now } }
    }

    /// A handler that notes when it is called first.
    private struct RestartedHandler: SynchronousStreamHandler {
        let handler: DurableHandler
        let first: FirstEvent

        var initialState: DigestHandler.State { handler.initialState }
        var stateCodec: (any StateCodec<DigestHandler.State>)? { handler.stateCodec }

        func handle(
            _ events: EventSpan, state: inout DigestHandler.State, context: inout HandlerContext
        ) throws -> Progress {
            first.handled()
            return try handler.handle(events, state: &state, context: &context)
        }
    }
#endif
