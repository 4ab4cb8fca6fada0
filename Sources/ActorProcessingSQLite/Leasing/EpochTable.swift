#if SQLite
    import Sharding
    import Supervision

    /// Records the epochs of scopes, in a transaction of the writer.
    ///
    /// What is committed is noted whatever a check of the fence has said: once in a transaction and epoch.
    struct EpochTable {
        private let transaction: WriteTransaction
        private let views: SQLiteTransaction

        init(_ transaction: WriteTransaction) {
            self.transaction = transaction
            views = SQLiteTransaction(transaction)
        }

        /// An epoch has begun; the one before it, if it went on, has ended with that.
        func began(_ scope: Int64, _ epoch: UInt64, owner: String, node: String?, at time: Timestamp) throws {
            let number = try transaction.takeNumber()
            try views.run(
                "UPDATE millrace_epoch SET ended = ?, ended_at = ? WHERE scope = ? AND ended_at IS NULL", time, number,
                scope)
            try views.run(
                """
                INSERT INTO millrace_epoch (scope, epoch, owner, node, began, began_at) VALUES (?, ?, ?, ?, ?, ?)
                """, scope, Int64(bitPattern: epoch), owner, node, time, number)
            try views.run(
                """
                DELETE FROM millrace_epoch WHERE scope = ?1 AND epoch <=
                    (SELECT epoch FROM millrace_epoch WHERE scope = ?1 ORDER BY epoch DESC LIMIT 1 OFFSET ?2)
                """, scope, EpochLog.limit)
        }

        /// An epoch has ended, with nobody to follow yet.
        func ended(_ scope: Int64, _ epoch: UInt64, at time: Timestamp) throws {
            try views.run(
                "UPDATE millrace_epoch SET ended = ?, ended_at = ? WHERE scope = ? AND epoch = ? AND ended_at IS NULL",
                time, try transaction.takeNumber(), scope, Int64(bitPattern: epoch))
        }

        /// The epochs of all scopes of a deployment have ended.
        func endedAll(ofReactor reactor: Int64, at time: Timestamp) throws {
            try views.run(
                """
                UPDATE millrace_epoch SET ended = ?, ended_at = ? WHERE ended_at IS NULL AND scope IN
                    (SELECT id FROM millrace_scope WHERE reactor = ?)
                """, time, try transaction.takeNumber(), reactor)
        }

        /// Something is committed under a fence, in the transaction of this number.
        func committed(_ scope: Int64, _ epoch: UInt64, in number: Int64) throws {
            let noted = try views.run(Self.note, scope, Int64(bitPattern: epoch), number)
            // Nobody was ever given this epoch: an audit finds its commits.
            if noted == 0 { try views.run(Self.noteUnknown, scope, Int64(bitPattern: epoch), number) }
        }

        private static let note = SQLiteStatement(
            """
            UPDATE millrace_epoch SET first_commit = coalesce(first_commit, ?3), last_commit = ?3,
                transactions = transactions + (last_commit IS NOT ?3)
            WHERE scope = ?1 AND epoch = ?2
            """)
        private static let noteUnknown = SQLiteStatement(
            """
            INSERT INTO millrace_epoch (scope, epoch, owner, began, first_commit, last_commit, transactions)
            VALUES (?1, ?2, 'nobody that the store knows of', 0, ?3, ?3, 1)
            """)
    }

    extension EpochRecord {
        static let query = SQLiteStatement(
            """
            SELECT s.partition, e.epoch, e.owner, e.node, e.began, e.ended, e.began_at, e.ended_at, e.first_commit,
                e.last_commit, e.transactions
            FROM millrace_epoch e JOIN millrace_scope s ON s.id = e.scope JOIN millrace_reactor r ON r.id = s.reactor
            WHERE r.name = ?
            """)

        /// A row of ``query``.
        init(_ row: SQLiteRow, of deployment: String) throws {
            let commits =
                row.isNull(8) ? nil : UInt64(bitPattern: row.integer(8))...UInt64(bitPattern: row.integer(9))
            self.init(
                scope: Fence.Scope(deployment: deployment, process: row.text(0)),
                epoch: UInt64(bitPattern: row.integer(1)), owner: row.text(2), node: try row.value(3, as: String?.self),
                began: Timestamp(nanosecondsSince1970: row.integer(4)),
                ended: row.isNull(5) ? nil : Timestamp(nanosecondsSince1970: row.integer(5)),
                beganAt: row.isNull(6) ? .max : UInt64(bitPattern: row.integer(6)),
                endedAt: row.isNull(7) ? nil : UInt64(bitPattern: row.integer(7)), commits: commits,
                transactions: UInt64(bitPattern: row.integer(10)))
        }
    }
#endif
