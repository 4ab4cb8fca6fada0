#if SQLite
    import ActorProcessing
    import Sharding

    extension SQLiteStore {
        /// Changes how many slots a file's journal has: an offline step, for when more partitions are to share it than there are
        /// slots. No other process may have the file open.
        ///
        /// Feeds of the journal have other partitions afterwards, also where their number stays: follow it by
        /// `JournalFeed.repartition(from:slots:)` for each reactor that reads it.
        ///
        /// - Parameters:
        ///   - path: the file.
        ///   - count: how many slots it is to have, 1 or more.
        ///   - configuration: how to open it.
        /// - Throws: `StoreError` of code `StoreError.Code.owned` when a reactor over the file runs; what opening it throws.
        public static func changeJournalSlots(
            of path: String, to count: Int, configuration: SQLiteConfiguration = SQLiteConfiguration()
        ) async throws {
            guard count > 0 else { throw JournalError(.invalid, "a journal has at least one slot, not \(count)") }
            let store = try await SQLiteStore(path, configuration: configuration)
            do {
                for scope in try await store.scopes() where scope.node == nil {
                    // What it owns is given back as it is closed.
                    _ = try await store.takeOwnership(of: scope)
                }
                try await store.write { transaction in try changeSlots(to: count, transaction) }
            } catch {
                try await store.close()
                throw error
            }
            try await store.close()
        }

        private func scopes() async throws -> [Fence.Scope] {
            try await readOwn { transaction in
                try transaction.rows(
                    """
                    SELECT r.name, s.partition FROM millrace_scope s JOIN millrace_reactor r ON r.id = s.reactor
                    ORDER BY s.id
                    """
                ) { Fence.Scope(deployment: $0.text(0), process: $0.text(1)) }
            }
        }

        private static func changeSlots(to count: Int, _ transaction: SQLiteTransaction) throws {
            let streams = try transaction.rows("SELECT id, name FROM millrace_journal_stream") {
                (number: $0.integer(0), name: try $0.value(1, as: StreamName.self))
            }
            for stream in streams {
                let slot = Int64(stream.name.slot(of: count))
                try transaction.run("UPDATE millrace_journal_stream SET slot = ? WHERE id = ?", slot, stream.number)
            }
            try transaction.run(
                """
                UPDATE millrace_journal_event AS e SET slot = s.slot FROM millrace_journal_stream s
                WHERE s.id = e.stream AND s.slot <> e.slot
                """)
            try transaction.run("UPDATE millrace_journal SET slots = ?", Int64(count))
        }
    }
#endif
