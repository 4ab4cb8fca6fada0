#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Sharding
    import Supervision
    import Synchronization
    import Testing

    /// Operators work through a store of their own on the file of a reactor that runs.
    @Suite("Requests from beside a running reactor", .timeLimit(.minutes(10)))
    struct SteeringTests {
        private let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        private struct Poisoned: ClassifiedError {
            var errorClass: ErrorClass { .permanent }
        }

        private static let now = Timestamp(nanosecondsSince1970: 0)

        private func open() async throws -> SQLiteStore {
            var configuration = SQLiteConfiguration()
            configuration.busyTimeout = .seconds(600)
            configuration.migrations = [EntryReactor.migrations]
            return try await SQLiteStore(folder("store.sqlite"), configuration: configuration)
        }

        /// Enters events, and none of index 3 before it is cured.
        private func reactor(
            _ feed: MemoryFeed, _ store: SQLiteStore, isCured: @escaping @Sendable () -> Bool
        ) -> Reactor {
            var configuration = ReactorConfiguration()
            configuration.requestInterval = .milliseconds(2)
            return Reactor(
                name: "r", feed: feed, store: store, configuration: configuration, runtime: .live(shards: 2, seed: 1)
            ) { events, context in
                if !isCured(), events.contains(where: { $0.index == 3 }) { throw Poisoned() }
                let entries = events.map { (stream: $0.stream, index: $0.index) }
                context.writeSQLite { transaction in
                    for entry in entries {
                        try transaction.run("INSERT INTO entry VALUES (?, ?, NULL)", entry.stream, entry.index)
                    }
                }
            }
        }

        /// What is answered to a request, as soon as it is there.
        private func answer(_ request: OperatorRequest, through store: SQLiteStore) async throws -> OperatorAnswer {
            let number = try await store.post(request, to: "r", at: Self.now)
            while true {
                if let answer = try await store.request(number, of: "r")?.answer { return answer }
                try await Task.sleep(for: .milliseconds(1))
            }
        }

        @Test func `they are answered and carried out`() async throws {
            let (own, operators) = (try await open(), try await open())
            let feed = MemoryFeed()
            let cure = Cure()
            let reactor = reactor(feed, own) { cure.isThere.withLock { $0 } }
            async let end: Void = reactor.run()
            for stream in 1...3 {
                try feed.append((0..<6).map { try Event(stream: Outcomes.stream(stream), index: $0, type: "Added") })
            }
            try await reactor.waitUntilCaughtUp()
            #expect(try await operators.parkedStreams(reactor: "r").count == 3)
            let tooEarly = try await answer(.retry(Outcomes.stream(1)), through: operators)
            #expect(tooEarly.error?.contains("Poisoned") == true)
            cure.isThere.withLock { $0 = true }
            let requests: [(OperatorRequest, refusal: String?)] = [
                (.discardEvent(4, of: Outcomes.stream(1)), nil), (.discardEvent(4, of: Outcomes.stream(1)), "4"),
                (.retry(Outcomes.stream(1)), nil), (.discardStream(Outcomes.stream(2)), nil),
                (.retry(Outcomes.stream(3)), nil), (.retry(Outcomes.stream(9)), "isn't parked"),
            ]
            for (request, refusal) in requests {
                let found = try await answer(request, through: operators).error
                if let refusal {
                    #expect(found?.contains(refusal) == true, "\(request): \(String(describing: found))")
                } else {
                    #expect(found == nil, "\(request)")
                }
            }
            feed.finish()
            try await end
            #expect(try await operators.parkedStreams(reactor: "r").isEmpty)
            #expect(try await operators.openRequests(of: "r", after: 0, limit: 10).isEmpty)
            for (stream, indices) in [(1, [0, 1, 2, 3, 5]), (2, [0, 1, 2]), (3, [0, 1, 2, 3, 4, 5])] {
                let entered = try await operators.read { transaction in
                    try transaction.rows(
                        "SELECT event_index FROM entry WHERE stream = ? ORDER BY event_index", Outcomes.stream(stream)
                    ) { Int($0.integer(0)) }
                }
                #expect(entered == indices, "stream \(stream)")
            }
            try await operators.close()
            try await own.close()
        }

        private final class Cure: Sendable {
            let isThere = Mutex(false)
        }
    }
#endif
