#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite

    /// The read model in a table of the reactor's file; each of its versions has one.
    struct FileSales: SalesView {
        private let store: SQLiteStore
        let version: Int
        private let add: SQLiteStatement
        private let select: SQLiteStatement

        init(_ store: SQLiteStore, version: Int) {
            self.store = store
            self.version = version
            let name = Self.name(version)
            add = SQLiteStatement(
                """
                INSERT INTO \(name) (product, lines, units, cents) VALUES (?1, 1, ?2, ?3)
                ON CONFLICT (product) DO UPDATE SET lines = lines + 1, units = units + ?2, cents = cents + ?3
                """)
            select = SQLiteStatement("SELECT product, lines, units, cents FROM \(name)")
        }

        private static func name(_ version: Int) -> String { version == 1 ? "sales" : "sales_\(version)" }

        /// The statement that makes a version's table.
        static func table(_ version: Int) -> String {
            """
            CREATE TABLE IF NOT EXISTS \(name(version)) (
                product INTEGER PRIMARY KEY,
                lines INTEGER NOT NULL,
                units INTEGER NOT NULL,
                cents INTEGER NOT NULL
            )
            """
        }

        /// The statement that removes a version's table.
        static func removal(_ version: Int) -> String { "DROP TABLE IF EXISTS \(name(version))" }

        func add(_ line: OrderState.Line, cents: Int) -> ViewWrite {
            { [add] transaction in
                try SQLiteTransaction.of(transaction).run(
                    add, line.product, line.quantity, line.quantity * cents)
            }
        }

        func all() async throws -> [Int: Sales] {
            try await store.read { [select] transaction in
                try transaction.rows(select) { row in
                    let sales = Sales(
                        lines: Int(row.integer(1)), units: Int(row.integer(2)), cents: Int(row.integer(3)))
                    return (Int(row.integer(0)), sales)
                }.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
        }
    }
#endif
