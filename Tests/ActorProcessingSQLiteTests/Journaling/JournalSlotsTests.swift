#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Sharding
    import Testing

    @Suite("Another number of slots in a file", .serialized)
    struct JournalSlotsTests {
        let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        private static func name(_ number: Int) -> StreamName { StreamName(category: "Order", id: "\(number)") }

        private static func slots(_ count: Int) -> SQLiteConfiguration {
            var configuration = SQLiteConfiguration()
            configuration.journalSlots = count
            configuration.synchronous = .off
            return configuration
        }

        @Test("a reactor goes on over more slots and partitions, and each event is handled once")
        func changed() async throws {
            let path = folder("journal.sqlite")
            var store = try await SQLiteStore(path, configuration: Self.slots(4))
            /// Counts the events of each stream in the user's own table.
            func run(_ partitions: Int) async throws {
                try await store.write { try $0.run("CREATE TABLE IF NOT EXISTS seen (stream TEXT, place INTEGER)") }
                for number in 0..<40 {
                    _ = try await store.journal.append(
                        [NewEvent(type: "Added", data: [])], to: Self.name(number), expected: .any)
                }
                let feed = try JournalFeed(store.journal, partitions: partitions)
                let reactor = Reactor(name: "r", feed: feed, store: store) { events, context in
                    for event in events {
                        let (stream, index) = (event.stream.value, event.index)
                        context.writeSQLite { try $0.run("INSERT INTO seen VALUES (?, ?)", stream, index) }
                    }
                }
                #expect(try await reactor.runUntilCaughtUp().isCaughtUp)
            }
            try await run(4)
            let owner = try await store.takeOwnership(of: Fence.Scope(reactor: "r", partition: "0/4"))
            let error = await #expect(throws: StoreError.self) {
                try await SQLiteStore.changeJournalSlots(of: path, to: 60)
            }
            #expect(error?.code == .owned)
            try await store.releaseOwnership(owner)
            try await store.close()
            try await SQLiteStore.changeJournalSlots(of: path, to: 60)
            store = try await SQLiteStore(path)
            #expect(store.journal.slotCount == 60)
            let feed = try JournalFeed(store.journal, partitions: 12)
            try await feed.repartition(from: 4, slots: 4).run("r", in: store)
            try await run(12)
            let seen = try await store.read { transaction in
                try transaction.rows("SELECT stream, place FROM seen ORDER BY rowid") { ($0.text(0), $0.integer(1)) }
            }
            for number in 0..<40 {
                #expect(seen.filter { $0.0 == Self.name(number).value }.map(\.1) == [0, 1])
            }
            try await store.close()
        }
    }
#endif
