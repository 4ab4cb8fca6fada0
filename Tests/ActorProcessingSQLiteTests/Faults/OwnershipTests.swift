#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Foundation
    import Sharding
    import Testing

    @Suite("Two stores on one file in one process", .timeLimit(.minutes(10)))
    struct OwnershipTests {
        private let folder: TemporaryFolder
        private let path: String

        init() throws {
            folder = try TemporaryFolder()
            path = folder("store.sqlite")
        }

        private func expectRefusal(_ store: SQLiteStore) async {
            let error = await #expect(throws: StoreError.self) { try await store.takeOwnership(of: Outcomes.scope) }
            #expect(error?.code == .owned, "\(String(describing: error))")
        }

        @Test func `the second one has a scope once the first one has released it`() async throws {
            let (first, second) = (try await SQLiteStore(path), try await SQLiteStore(path))
            let fence = try await first.takeOwnership(of: Outcomes.scope)
            await expectRefusal(second)
            // Another scope is free.
            _ = try await second.takeOwnership(of: Fence.Scope(reactor: "r", partition: "1"))
            try await first.releaseOwnership(fence)
            let next = try await second.takeOwnership(of: Outcomes.scope)
            #expect(next.epoch > fence.epoch)
            await expectRefusal(first)
            // The first one's fence is worth nothing any more.
            let report = try await first.commit(OutcomeGroup(Outcomes.first(0..<1, fence)), reactor: "r")
            #expect(report.rejections.map(\.reason) == [.staleFence])
            #expect(try await second.commit(OutcomeGroup(Outcomes.first(0..<1, next)), reactor: "r") == .committed)
            try await first.close()
            try await second.close()
        }

        @Test func `a file is the same by each of its names`() async throws {
            let first = try await SQLiteStore(path)
            let link = folder("link.sqlite")
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
            let second = try await SQLiteStore(link)
            let fence = try await first.takeOwnership(of: Outcomes.scope)
            await expectRefusal(second)
            try await first.releaseOwnership(fence)
            _ = try await second.takeOwnership(of: Outcomes.scope)
            try await first.close()
            try await second.close()
        }

        @Test func `who has lost a scope to a lease keeps nobody from owning it afterwards`() async throws {
            let (first, second) = (try await SQLiteStore(path), try await SQLiteStore(path))
            let fence = try await first.takeOwnership(of: Outcomes.scope)
            let holder = LeaseHolder(node: "operator", incarnation: 1)
            let lease = try await second.takeOver(Outcomes.scope, for: holder, ttl: .seconds(60))
            try await first.releaseOwnership(fence)
            try await second.release([lease])
            _ = try await second.takeOwnership(of: Outcomes.scope)
            try await first.close()
            try await second.close()
        }

        @Test func `a cancelled task closes its store all the same`() async throws {
            let (first, second) = (try await SQLiteStore(path), try await SQLiteStore(path))
            _ = try await first.takeOwnership(of: Outcomes.scope)
            let waiting = Task { try await first.journal.waitForEvents(from: FeedPosition(0)) }
            let closing = Task {
                unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
                try await first.close()
            }
            try await closing.value
            // Whoever waits for events hears of it.
            _ = await waiting.result
            _ = try await second.takeOwnership(of: Outcomes.scope)
            try await second.close()
        }

        @Test func `the second one has a scope once the first one is closed`() async throws {
            let (first, second) = (try await SQLiteStore(path), try await SQLiteStore(path))
            let fence = try await first.takeOwnership(of: Outcomes.scope)
            let own = try await first.takeOwnership(of: Outcomes.scope)
            #expect(own.epoch == fence.epoch + 1)
            await expectRefusal(second)
            try await first.close()
            let next = try await second.takeOwnership(of: Outcomes.scope)
            #expect(next.epoch == own.epoch + 1)
            try await second.close()
        }

        @Test func `the second one has a scope once the first one is let go of`() async throws {
            let second = try await SQLiteStore(path)
            var first: SQLiteStore? = try await SQLiteStore(path)
            _ = try await first?.takeOwnership(of: Outcomes.scope)
            await expectRefusal(second)
            first = nil
            _ = try await second.takeOwnership(of: Outcomes.scope)
            try await second.close()
        }
    }
#endif
