#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import ActorProcessingTesting
    import Sharding
    import Testing

    @Suite("Groups of outcomes in SQLite", .serialized)
    struct GroupTests {
        let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        private func store(maximumGroup: Int) async throws -> SQLiteStore {
            var configuration = SQLiteConfiguration()
            configuration.maximumGroup = maximumGroup
            configuration.migrations = [
                SQLiteMigrations(
                    component: "views",
                    steps: ["CREATE TABLE view (stream TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID"])
            ]
            return try await SQLiteStore(folder("\(maximumGroup).sqlite"), configuration: configuration)
        }

        private struct Broken: Error {}

        /// Names whose order is neither that of the group nor that in which the store first hears of them.
        private func stream(_ number: Int) throws -> StreamName {
            try StreamName("Order-\((number * 7919) % 1009)-\(number)")
        }

        private func outcome(_ number: Int, from expected: Int64?, _ fence: Fence, fails: Bool) throws -> Outcome {
            let stream = try stream(number)
            let position = (expected ?? 0) + 1
            var effects = OutcomeEffects()
            effects.writes = [
                { transaction in
                    try SQLiteTransaction.of(transaction).run(
                        "INSERT INTO view VALUES (?1, ?2) ON CONFLICT DO UPDATE SET count = ?2", stream, position)
                    if fails { throw Broken() }
                }
            ]
            return Outcome(
                stream: stream, expected: expected.map { StreamPosition(nextIndex: $0) } ?? .none,
                position: StreamPosition(nextIndex: position), fence: fence,
                effects: number % 3 == 0 && !fails ? nil : effects)
        }

        @Test(
            "what is rejected is named by its place, whatever the order of writing and the size of transactions",
            arguments: [1, 7, 65_536], [false, true])
        func rejectionsKeepTheirPlaces(maximumGroup: Int, viewsFail: Bool) async throws {
            let store = try await store(maximumGroup: maximumGroup)
            let fence = try await store.takeOwnership(of: Fence.Scope(reactor: "r", partition: "0"))
            let count = 200
            let first = try (0..<count).map { try outcome($0, from: nil, fence, fails: false) }
            #expect(try await store.commit(OutcomeGroup(first), reactor: "r") == .committed)

            let isStale = { (number: Int) in number % 5 == 2 }
            let fails = { (number: Int) in viewsFail && number % 11 == 4 }
            let second = try (0..<count).reversed().map { number in
                try outcome(number, from: isStale(number) ? 5 : 1, fence, fails: fails(number))
            }
            let report = try await store.commit(OutcomeGroup(second), reactor: "r")
            var expected: [CommitReport.Rejection] = []
            for (place, number) in (0..<count).reversed().enumerated() {
                if isStale(number) {
                    expected.append(.init(place: place, reason: .stalePosition(StreamPosition(nextIndex: 1))))
                } else if fails(number) {
                    expected.append(.init(place: place, reason: .viewWriteFailed("Broken()")))
                }
            }
            #expect(report == CommitReport(rejections: expected))

            for number in 0..<count {
                let isCommitted = !isStale(number) && !fails(number)
                let position = try await store.load(StreamQuery([try stream(number)]), reactor: "r").first??.position
                #expect(position == StreamPosition(nextIndex: isCommitted ? 2 : 1))
                if number % 3 == 0 { continue }
                let name = try stream(number)
                let written = try await store.read {
                    try $0.value("SELECT count FROM view WHERE stream = ?", name, as: Int.self)
                }
                #expect(written == (isCommitted ? 2 : 1))
            }
            try await store.close()
        }
    }
#endif
