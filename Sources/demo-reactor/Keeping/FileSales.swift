#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite

    /// The read model in a table of the reactor's file.
    struct FileSales: SalesView {
        let store: SQLiteStore

        static let table = """
            CREATE TABLE sales (
                product INTEGER PRIMARY KEY,
                lines INTEGER NOT NULL,
                units INTEGER NOT NULL,
                cents INTEGER NOT NULL
            )
            """
        private static let add = SQLiteStatement(
            """
            INSERT INTO sales (product, lines, units, cents) VALUES (?1, 1, ?2, ?3)
            ON CONFLICT (product) DO UPDATE SET lines = lines + 1, units = units + ?2, cents = cents + ?3
            """)

        func add(_ line: OrderState.Line, cents: Int) -> ViewWrite {
            { transaction in
                try SQLiteTransaction.of(transaction).run(
                    Self.add, line.product, line.quantity, line.quantity * cents)
            }
        }

        func all() async throws -> [Int: Sales] {
            try await store.read { transaction in
                try transaction.rows("SELECT product, lines, units, cents FROM sales") { row in
                    let sales = Sales(
                        lines: Int(row.integer(1)), units: Int(row.integer(2)), cents: Int(row.integer(3)))
                    return (Int(row.integer(0)), sales)
                }.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
        }
    }
#endif
