#if SQLite
    import ActorProcessing
    import Sharding
    import Supervision

    /// Puts one reactor's rows in the place of another's, in a transaction of the writer.
    struct ReactorChange {
        private let transaction: WriteTransaction
        private let views: SQLiteTransaction
        private let connection: Connection
        private let time: Timestamp
        private let names: (old: String, new: String)
        private let old: Int64
        private let new: Int64

        /// - Throws: `StoreError` of code `StoreError.Code.staleFence`.
        init(_ transaction: WriteTransaction, _ replaced: Fence, _ replacement: Fence, at time: Timestamp) throws {
            self.transaction = transaction
            self.time = time
            connection = transaction.connection
            views = SQLiteTransaction(transaction)
            names = (replaced.scope.reactor, replacement.scope.reactor)
            let known = Names(connection)
            try transaction.admit(replaced)
            try transaction.admit(replacement)
            old = try known.number(ofReactor: names.old)
            new = try known.number(ofReactor: names.new)
            guard old != new else {
                throw StoreError(.staleFence, "'\(names.new)' can't replace itself: two different reactors are needed")
            }
        }

        /// - Throws: `StoreError` of code `StoreError.Code.behind` when the old one has a checkpoint that the new one hasn't
        ///   reached.
        func checkReached() throws {
            let behind = try views.rows(
                """
                SELECT o.feed, o.partition, o.position, n.position FROM millrace_checkpoint o
                LEFT JOIN millrace_checkpoint n ON n.reactor = ?2 AND n.feed = o.feed AND n.partition = o.partition
                WHERE o.reactor = ?1 AND coalesce(n.position < o.position, 1) ORDER BY o.feed, o.partition LIMIT 1
                """, old, new
            ) { row in
                let reached = row.isNull(3) ? "nothing" : "\(row.integer(3))"
                return "partition '\(row.text(1))' of '\(row.text(0))' is done up to \(reached) there and up to "
                    + "\(row.integer(2)) here"
            }
            guard let first = behind.first else { return }
            throw StoreError(
                .behind, "'\(names.new)' can't replace '\(names.old)': \(first); let it catch up first")
        }

        /// The numbers of all scopes of both.
        var scopes: [Int64] {
            get throws {
                try views.rows("SELECT id FROM millrace_scope WHERE reactor IN (?, ?)", old, new) { $0.integer(0) }
            }
        }

        func run() throws {
            try endEpochs()
            try makeMissingStreams()
            try takeOverMarks()
            try takeOverLots()
            try takeOverOutboxes()
            try removeOld()
            try swapEpochs()
            try swapNames()
        }

        /// Both get all scopes of either, with epochs above those of both.
        private func endEpochs() throws {
            for (reactor, other) in [(old, new), (new, old)] {
                try views.run(
                    """
                    INSERT INTO millrace_scope (reactor, partition, epoch)
                    SELECT ?1, partition, epoch FROM millrace_scope WHERE reactor = ?2
                    ON CONFLICT DO UPDATE SET epoch = max(epoch, excluded.epoch)
                    """, reactor, other)
            }
            for reactor in [old, new] { try views.run(Self.vacate, reactor) }
            for (reactor, name) in [(old, names.old), (new, names.new)] {
                try EpochTable(transaction).endedAll(ofReactor: reactor, at: time)
                try DeploymentTable(views).changed(name)
            }
        }

        /// What is recorded of epochs stays with the names under which they ran.
        private func swapEpochs() throws {
            try views.run(
                """
                UPDATE millrace_epoch SET scope = -(
                    SELECT n.id FROM millrace_scope o
                    JOIN millrace_scope n ON n.partition = o.partition AND n.reactor = ?1 + ?2 - o.reactor
                    WHERE o.id = scope)
                WHERE scope IN (SELECT id FROM millrace_scope WHERE reactor IN (?1, ?2))
                """, old, new)
            try views.run("UPDATE millrace_epoch SET scope = -scope WHERE scope < 0")
        }

        /// Streams of which the old one still owes something, and which the new one has never had.
        private func makeMissingStreams() throws {
            let missing = try views.rows(
                """
                SELECT o.name, o.scope FROM millrace_stream o
                LEFT JOIN millrace_stream n ON n.reactor = ?2 AND n.name = o.name
                WHERE o.reactor = ?1 AND n.id IS NULL AND (o.dirty_version IS NOT NULL OR o.is_parked
                    OR EXISTS (SELECT 1 FROM millrace_parked p WHERE p.stream = o.id)
                    OR EXISTS (SELECT 1 FROM millrace_output t WHERE t.stream = o.id))
                """, old, new
            ) { (name: $0.text(0), scope: $0.isNull(1) ? nil : $0.integer(1)) }
            var numbers = try Names(connection).take(Int64(missing.count), of: .streams)
            for stream in missing {
                try views.run(
                    """
                    INSERT INTO millrace_stream (id, reactor, name, next_index, turn, scope)
                    VALUES (?1, ?2, ?3, ?4, 0, (SELECT n.id FROM millrace_scope o
                        JOIN millrace_scope n ON n.reactor = ?2 AND n.partition = o.partition WHERE o.id = ?5))
                    """,
                    numbers.removeFirst(), new, stream.name, StreamPosition.none.nextIndex, stream.scope)
            }
        }

        private func takeOverMarks() throws {
            try views.run(
                """
                UPDATE millrace_stream AS n SET
                    dirty_version = coalesce(max(n.dirty_version, o.dirty_version), o.dirty_version),
                    dirty_since = coalesce(min(n.dirty_since, o.dirty_since), o.dirty_since)
                FROM millrace_stream o
                WHERE n.reactor = ?2 AND o.reactor = ?1 AND o.name = n.name AND o.dirty_version IS NOT NULL
                """, old, new)
        }

        /// A parked stream's lot takes the place of the new one's, with what was discarded of it.
        private func takeOverLots() throws {
            let lots = try views.rows(
                """
                SELECT o.id, n.id FROM millrace_stream o
                JOIN millrace_stream n ON n.reactor = ?2 AND n.name = o.name
                WHERE o.reactor = ?1 AND (o.is_parked OR EXISTS (SELECT 1 FROM millrace_parked p WHERE p.stream = o.id))
                """, old, new
            ) { (old: $0.integer(0), new: $0.integer(1)) }
            for lot in lots {
                try views.run("DELETE FROM millrace_parked WHERE stream = ?", lot.new)
                try views.run("UPDATE millrace_parked SET stream = ?2 WHERE stream = ?1", lot.old, lot.new)
                try views.run(
                    """
                    UPDATE millrace_stream AS n SET is_parked = o.is_parked, parked_through = o.parked_through,
                        parked_error = o.parked_error, parked_attempts = o.parked_attempts, parked_at = o.parked_at
                    FROM millrace_stream o WHERE o.id = ?1 AND n.id = ?2
                    """, lot.old, lot.new)
                try views.run(
                    """
                    INSERT INTO millrace_skip (stream, first_index, end_index, reason, time)
                    SELECT ?2, o.first_index, o.end_index, o.reason, o.time FROM millrace_skip o
                    WHERE o.stream = ?1 AND NOT EXISTS (SELECT 1 FROM millrace_skip n WHERE n.stream = ?2
                        AND n.first_index = o.first_index AND n.end_index = o.end_index AND n.reason = o.reason
                        AND n.time = o.time)
                    ORDER BY o.id
                    """, lot.old, lot.new)
            }
        }

        /// What hasn't left, and what operators have asked for.
        private func takeOverOutboxes() throws {
            try views.run(
                """
                INSERT INTO millrace_result (scope, ticket, ordinal, is_late, type, data)
                SELECT n.id, t.ticket, t.ordinal, t.is_late, t.type, t.data FROM millrace_result t
                JOIN millrace_scope o ON o.id = t.scope AND o.reactor = ?1
                JOIN millrace_scope n ON n.reactor = ?2 AND n.partition = o.partition
                WHERE true ON CONFLICT DO NOTHING
                """, old, new)
            try views.run(
                """
                UPDATE OR IGNORE millrace_output AS t SET scope = n.id, stream = m.id
                FROM millrace_scope o, millrace_scope n, millrace_stream s, millrace_stream m
                WHERE o.id = t.scope AND o.reactor = ?1 AND n.reactor = ?2 AND n.partition = o.partition
                    AND s.id = t.stream AND m.reactor = ?2 AND m.name = s.name
                """, old, new)
            try views.run("DELETE FROM millrace_request WHERE reactor = ?", new)
            try views.run("UPDATE millrace_request SET reactor = ?2 WHERE reactor = ?1", old, new)
        }

        private func removeOld() throws {
            let scopes = "scope IN (SELECT id FROM millrace_scope WHERE reactor = ?)"
            let streams = "stream IN (SELECT id FROM millrace_stream WHERE reactor = ?)"
            for (table, condition) in [
                ("result", scopes), ("output", scopes), ("snapshot", streams), ("parked", streams), ("skip", streams),
                ("stream", "reactor = ?"), ("checkpoint", "reactor = ?"),
            ] {
                try views.run(SQLiteStatement("DELETE FROM millrace_\(table) WHERE \(condition)"), old)
            }
        }

        private static let vacate = SQLiteStatement(
            "UPDATE millrace_scope SET \(StoredScope.vacating) WHERE reactor = ?")

        private func swapNames() throws {
            let rename: SQLiteStatement = "UPDATE millrace_reactor SET name = ? WHERE id = ?"
            // A name stands for one reactor at a time, also within the transaction.
            try views.run(rename, "\(names.new) (replacing)", old)
            try views.run(rename, names.old, new)
            try views.run(rename, names.new, old)
        }
    }
#endif
