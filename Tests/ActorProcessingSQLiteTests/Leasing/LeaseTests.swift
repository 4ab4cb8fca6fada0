#if SQLite
    import ActorProcessing
    import Sharding
    import Supervision
    import Testing

    @testable import ActorProcessingSQLite

    @Suite("Leases of two stores on one file", .timeLimit(.minutes(10)))
    struct LeaseTests {
        private let folder: TemporaryFolder
        private let clock = MovedClock()
        private let scope = Fence.Scope(deployment: "d", process: "p")

        init() throws { folder = try TemporaryFolder(inMemory: true) }

        private func store() async throws -> SQLiteStore {
            var configuration = SQLiteConfiguration()
            configuration.leaseClock = clock.bootClock
            configuration.migrations = [
                SQLiteMigrations(component: "texts", steps: ["CREATE TABLE text (value TEXT)"])
            ]
            return try await SQLiteStore(folder("store.sqlite"), configuration: configuration)
        }

        private func acquire(_ store: SQLiteStore, _ node: String) async throws -> Fence? {
            let holder = LeaseHolder(node: node, incarnation: 1)
            let answer = try await store.acquire([scope], for: holder, ttl: .seconds(10))[0]
            if case .granted(let fence) = answer { return fence } else { return nil }
        }

        @Test func `what one has leased the other has when it has lapsed`() async throws {
            let (first, second) = (try await store(), try await store())
            let lapsed = try #require(try await acquire(first, "one"))
            #expect(try await acquire(second, "two") == nil)
            await #expect(throws: StoreError.self) { try await second.takeOwnership(of: scope) }
            clock.advance(by: .seconds(10))
            let fence = try #require(try await acquire(second, "two"))
            #expect(try await first.renew([lapsed], ttl: .seconds(10)) == [false])
            await #expect(throws: StoreError.self) { try await first.write(under: lapsed) { _ in } }
            try await second.write(under: fence) { _ in }
            try await first.close()
            try await second.close()
        }

        @Test func `what one owns without a lease the other leases when that one is closed`() async throws {
            let (first, second) = (try await store(), try await store())
            let owned = try await first.takeOwnership(of: scope)
            for store in [first, second] {
                #expect(try await acquire(store, "two") == nil)
                #expect(try await store.leases(of: "d").map(\.remaining) == [nil])
            }
            try await first.close()
            #expect(try await second.leases(of: "d").map(\.isHeld) == [false])
            let fence = try #require(try await acquire(second, "two"))
            #expect(fence.epoch > owned.epoch)
            #expect(try await second.leases(of: "d").map(\.origin) == [.free])
            try await second.close()
        }

        @Test func `what was leased before the machine was started anew has lapsed`() async throws {
            let first = try await store()
            let lapsed = try #require(try await acquire(first, "one"))
            try await first.close()
            clock.startAnew()
            let second = try await store()
            #expect(try await second.leases(of: "d").map(\.isHeld) == [false])
            let fence = try #require(try await acquire(second, "two"))
            #expect(fence.epoch > lapsed.epoch)
            try await second.close()
        }

        @Test func `what is written under a stale fence isn't run, and what throws leaves nothing`() async throws {
            struct Refused: Error {}
            let store = try await store()
            let fence = try #require(try await acquire(store, "one"))
            try await store.write(under: fence) { try $0.run("INSERT INTO text VALUES ('a')") }
            await #expect(throws: Refused.self) {
                try await store.write(under: fence) { transaction in
                    try transaction.run("INSERT INTO text VALUES ('b')")
                    throw Refused()
                }
            }
            let holder = LeaseHolder(node: "two", incarnation: 1)
            let next = try await store.takeOver(scope, for: holder, ttl: .seconds(10))
            let error = await #expect(throws: StoreError.self) {
                try await store.write(under: fence) { try $0.run("INSERT INTO text VALUES ('c')") }
            }
            #expect(error?.code == .staleFence)
            try await store.write(under: next) { try $0.run("INSERT INTO text VALUES ('d')") }
            #expect(try await store.read { try $0.rows("SELECT value FROM text") { $0.text(0) } } == ["a", "d"])
            let epochs = try await store.epochs(of: "d")
            #expect(epochs.map(\.transactions) == [1, 1])
            #expect(OwnershipAudit(epochs).findings.isEmpty)
            try await store.close()
        }

        @Test func `who commits before and after a change of owner in one transaction is told apart`() async throws {
            let store = try await store()
            let first = try #require(try await acquire(store, "one"))
            let (owners, holder, scope) = (store.owners, LeaseHolder(node: "two", incarnation: 1), scope)
            try await store.threads.write { transaction in
                try transaction.admit(first)
                let second = try ScopeTable(transaction, owners).takeOver(scope, for: holder, ttl: .seconds(10))
                for _ in 0..<2 { try transaction.admit(second) }
            }
            let epochs = try await store.epochs(of: "d")
            #expect(epochs.map(\.transactions) == [1, 1])
            #expect(OwnershipAudit(epochs).findings.isEmpty)
            try await store.close()
        }

        @Test func `old epochs are forgotten`() async throws {
            let store = try await store()
            for _ in 0..<(EpochLog.limit + 20) {
                let fence = try #require(try await acquire(store, "one"))
                try await store.release([fence])
            }
            let epochs = try await store.epochs(of: "d")
            #expect(epochs.count == EpochLog.limit)
            #expect(OwnershipAudit(epochs).findings.isEmpty)
            try await store.close()
        }
    }
#endif
