#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Sharding
    import Supervision
    import Testing

    /// What a program of the first version may have left in its file.
    enum FirstVersion {
        private static let moved = StreamName(category: "Order", id: "1")
        private static let parked = StreamName(category: "Order", id: "2")
        private static let scope = Fence.Scope(reactor: "shop", partition: "0")
        private static let key = CheckpointKey(reactor: "shop", feed: "orders", partition: "0")
        private static let position = StreamPosition(nextIndex: 5, turn: 2)

        static let rows = """
            INSERT INTO millrace_reactor (id, name) VALUES (1, 'shop');
            INSERT INTO millrace_number (name, next) VALUES ('stream', 10);
            INSERT INTO millrace_scope (id, reactor, partition, epoch, owner, since) VALUES (1, 1, '0', 3, 'process 7', 90);
            INSERT INTO millrace_checkpoint (reactor, feed, partition, position) VALUES (1, 'orders', '0', 42);
            INSERT INTO millrace_stream (id, reactor, name, next_index, turn, has_snapshot, dirty_version, dirty_since)
                VALUES (1, 1, 'Order-1', 5, 2, 1, 5, 1000);
            INSERT INTO millrace_stream (id, reactor, name, next_index, turn, is_parked, parked_through, parked_error,
                parked_attempts, parked_at) VALUES (2, 1, 'Order-2', 3, 0, 1, 4, 'no stock', 6, 2000);
            INSERT INTO millrace_snapshot (stream, next_index, turn, schema, state, stash, timers, timer_due)
                VALUES (1, 5, 2, 9, x'0102', x'03', NULL, NULL);
            INSERT INTO millrace_parked (stream, event_index, type, data, time, id, position, error, attempts, parked_at)
                VALUES (2, 3, 'Added', x'0A', 1500, 'event 3', 17, 'no stock', 6, 2000);
            INSERT INTO millrace_skip (stream, first_index, end_index, reason, time) VALUES (1, 1, 3, 'lost', 800);
            INSERT INTO millrace_result (scope, ticket, ordinal, is_late, type, data) VALUES (1, 16, 0, 0, 'Counted', x'05');
            INSERT INTO millrace_output (id, scope, stream, next_index, turn, ordinal, type, data)
                VALUES (1, 1, 1, 5, 2, 0, 'Mail', x'06');
            """

        static func expectContents(_ store: SQLiteStore) async throws {
            let streams = try await store.load(StreamQuery([moved, parked]), reactor: "shop")
            #expect(streams.map { $0?.position } == [position, StreamPosition(nextIndex: 3)])
            #expect(streams.map { $0?.isParked } == [false, true])
            #expect(streams[1]?.parkedThrough == StreamPosition(nextIndex: 4))
            #expect(
                try await store.snapshot(of: moved, reactor: "shop")
                    == Snapshot(position: position, schema: 9, state: [1, 2], stash: [3]))
            #expect(try await store.checkpoint(for: key) == FeedPosition(42))
            let dirty = try await store.dirtyStreams(reactor: "shop")
            #expect(dirty.map(\.stream) == [moved])
            #expect(
                dirty.map(\.mark) == [DirtyMark(version: 5, firstChange: Timestamp(nanosecondsSince1970: 1000))])
            #expect(try await store.skips(of: moved, reactor: "shop", in: 0..<9).map(\.indices) == [1..<3])
            try await expectParked(store)
            let results = try await store.results(of: scope, from: .start, limit: 9)
            let result = Output(type: "Counted", data: [5])
            #expect(results == [ResultRow(ticket: FeedPosition(16), ordinal: 0, output: result)])
            let outputs = try await store.outputs(of: scope, limit: 9)
            #expect(outputs.map(\.stream) == [moved])
            let output = Output(type: "Mail", data: [6])
            #expect(outputs.map(\.row) == [OutputRow(position: position, ordinal: 0, output: output)])
        }

        private static func expectParked(_ store: SQLiteStore) async throws {
            let streams = try await store.parkedStreams(reactor: "shop")
            #expect(streams.map(\.stream) == [parked])
            #expect(streams.map(\.failure) == [ParkedFailure(error: "no stock", attempts: 6)])
            let events = try await store.parkedEvents(of: parked, reactor: "shop", from: 0, limit: 9)
            #expect(events.map(\.event.index) == [3])
            #expect(events.map(\.event.data) == [[10]])
            #expect(events.map(\.event.id) == ["event 3"])
        }

        /// What was there goes on, and what is new can be used.
        static func expectWorks(_ store: SQLiteStore) async throws {
            let fence = try await store.takeOwnership(of: scope)
            #expect(fence.epoch == 4)
            let next = Outcome(
                stream: moved, expected: position, position: StreamPosition(nextIndex: 6), fence: fence, effects: nil)
            let fresh = Outcome(
                stream: Outcomes.stream(3), expected: .none, position: StreamPosition(nextIndex: 1), fence: fence,
                effects: nil)
            #expect(try await store.commit(OutcomeGroup([next, fresh]), reactor: "shop") == .committed)
            let appended = try await store.journal.append([NewEvent(type: "Opened")], to: moved, expected: .none)
            #expect(appended.indices == 0..<1)
            let number = try await store.post(.retry(parked), to: "shop", at: Timestamp(nanosecondsSince1970: 3000))
            #expect(try await store.openRequests(of: "shop", after: 0, limit: 9).map(\.number) == [number])
        }
    }
#endif
