#if SQLite
    import ActorProcessingSQLite
    import Sharding
    import Testing

    @testable import ActorProcessing

    /// Outcomes that say where their streams' rows are, as reactors' do.
    @Suite("Outcomes with handles in SQLite", .timeLimit(.minutes(10)))
    struct HandleTests {
        private let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        private func commit(
            from expected: Int64?, to next: Int64, hasSnapshot: Bool, _ store: SQLiteStore, _ fence: Fence
        ) async throws -> CommitReport {
            let stream = Outcomes.stream(1)
            let loaded = try #require(try await store.load(StreamQuery([stream]), reactor: "r").first ?? nil)
            #expect(loaded.handle != .none)
            let position = StreamPosition(nextIndex: next)
            var effects: OutcomeEffects?
            if hasSnapshot {
                effects = OutcomeEffects()
                effects?.snapshot = Snapshot(position: position, schema: 1, state: [1])
            }
            var group = OutcomeGroup()
            let number = group.number(of: fence)
            var name = stream.value
            name.withUTF8 { name in
                unsafe group.append(
                    name: UnsafeRawBufferPointer(name), hash: stream.stableHash,
                    expected: expected.map { StreamPosition(nextIndex: $0) } ?? .none, position: position,
                    fence: number, handle: loaded.handle, effects: effects)
            }
            return try await store.commit(group, reactor: "r")
        }

        @Test("a stale one is rejected, and leaves the row as it is", arguments: [false, true])
        func staleOnesAreRejected(hasSnapshot: Bool) async throws {
            let store = try await SQLiteStore(folder("store.sqlite"))
            let fence = try await store.takeOwnership(of: Outcomes.scope)
            #expect(try await commit(from: nil, to: 3, hasSnapshot: hasSnapshot, store, fence) == .committed)
            let stale = CommitReport.Rejection(place: 0, reason: .stalePosition(StreamPosition(nextIndex: 3)))
            for expected in [nil, 2, 4] as [Int64?] {
                let report = try await commit(from: expected, to: 5, hasSnapshot: hasSnapshot, store, fence)
                #expect(report == CommitReport(rejections: [stale]))
            }
            #expect(try await commit(from: 3, to: 4, hasSnapshot: hasSnapshot, store, fence) == .committed)
            try await store.close()
        }
    }
#endif
