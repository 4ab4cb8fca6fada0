#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Sharding
    import Supervision
    import Testing

    @Suite("A statement that SQLite refuses", .timeLimit(.minutes(10)))
    struct RefusedStatementTests {
        private let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        private func store() async throws -> SQLiteStore {
            let store = try await SQLiteStore(folder("store.sqlite"))
            try await store.write { transaction in
                try transaction.run(
                    "CREATE TABLE account (name TEXT PRIMARY KEY, cents INTEGER CHECK (cents >= 0)) STRICT")
                try transaction.run("INSERT INTO account VALUES ('a', 1)")
            }
            return store
        }

        /// Statements, and what SQLite says about them.
        private static let refused: [(statement: String, reason: String)] = [
            ("INSERT INTO account VALUES ('a', 2)", "UNIQUE constraint failed"),
            ("UPDATE account SET cents = -1", "CHECK constraint failed"),
            ("UPDATE account SET cents = 'many'", "cannot store TEXT value"),
            ("SELECT * FROM acount", "no such table: acount"),
            ("SELEKT 1", "syntax error"),
        ]

        private func expectRefusal(
            _ statement: String, _ reason: String, _ body: (SQLiteStatement) async throws -> Void
        ) async {
            let error = await #expect(throws: StoreError.self) { try await body(SQLiteStatement(statement)) }
            #expect(error?.code == .statementFailed, "\(String(describing: error))")
            #expect(error?.errorClass == .permanent)
            #expect(error?.message.contains(reason) == true, "\(String(describing: error))")
            #expect(error?.message.contains(statement) == true, "\(String(describing: error))")
            #expect(error?.underlying is SQLiteError)
        }

        @Test func `in a write is told as such, and the store goes on`() async throws {
            let store = try await store()
            for (statement, reason) in Self.refused {
                await expectRefusal(statement, reason) { statement in
                    try await store.write { transaction in
                        try transaction.run("INSERT INTO account VALUES ('b', 2)")
                        try transaction.run(statement)
                    }
                }
            }
            let count = try await store.read { try $0.value("SELECT count(*) FROM account", as: Int.self) }
            #expect(count == 1)
            try await store.close()
        }

        @Test func `in a write under a fence is told as such`() async throws {
            let store = try await store()
            let fence = try await store.takeOwnership(of: Outcomes.scope)
            for (statement, reason) in Self.refused {
                await expectRefusal(statement, reason) { statement in
                    try await store.write(under: fence) { transaction in _ = try transaction.run(statement) }
                }
            }
            #expect(try await store.commit(OutcomeGroup(Outcomes.first(0..<3, fence)), reactor: "r") == .committed)
            try await store.close()
        }

        @Test func `in a read is told as such`() async throws {
            let store = try await store()
            for (statement, reason) in Self.refused.suffix(2) {
                await expectRefusal(statement, reason) { statement in
                    _ = try await store.read { transaction in try transaction.rows(statement) { $0.integer(0) } }
                }
            }
            await expectRefusal("DELETE FROM account", "run it with `SQLiteStore.write`") { statement in
                _ = try await store.read { transaction in try transaction.rows(statement) { $0.integer(0) } }
            }
            try await store.close()
        }
    }
#endif
