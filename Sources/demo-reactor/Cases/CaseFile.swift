#if Files && SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Supervision

    /// The cases of a log in a file: a run that was stopped goes on where it was.
    struct CaseFile: CaseRecords {
        private let file: SQLiteStore
        private let activities: ActivityTable
        private let variants: VariantTree

        private static let tables = """
            CREATE TABLE case_run (one INTEGER PRIMARY KEY CHECK (one = 1), options TEXT NOT NULL);
            CREATE TABLE case_state (
                name TEXT PRIMARY KEY,
                events INTEGER NOT NULL,
                first_time INTEGER,
                last_time INTEGER,
                variant INTEGER NOT NULL
            ) WITHOUT ROWID;
            -- The ways that cases have gone, as a tree: each step leads from its parent by an activity.
            CREATE TABLE variant_step (
                variant INTEGER PRIMARY KEY,
                parent INTEGER NOT NULL,
                activity TEXT NOT NULL
            );
            """
        private static let writeState = SQLiteStatement(
            """
            INSERT INTO case_state (name, events, first_time, last_time, variant) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT DO UPDATE SET events = ?2, first_time = ?3, last_time = ?4, variant = ?5
            """)
        private static let writeStep = SQLiteStatement(
            "INSERT INTO variant_step (variant, parent, activity) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")

        /// Opens the file, or makes it, and takes up the ways that it knows.
        ///
        /// - Throws: `StoreError`, and ``UsageError`` when it holds the cases of another run.
        init(_ path: String, _ workload: String, _ activities: ActivityTable, _ variants: VariantTree) async throws {
            var configuration = SQLiteConfiguration()
            configuration.migrations = [SQLiteMigrations(component: "cases", steps: [Self.tables])]
            file = try await SQLiteStore(path, configuration: configuration)
            self.activities = activities
            self.variants = variants
            let known = try await file.write { transaction in
                try transaction.run(
                    "INSERT INTO case_run (one, options) VALUES (1, ?) ON CONFLICT DO NOTHING", workload)
                return try transaction.value("SELECT options FROM case_run", as: String.self) ?? workload
            }
            guard known == workload else {
                throw UsageError(
                    "'\(path)' holds the cases of another run: go on with it by 'demo-reactor cases \(known) --state \(path)', or name another "
                        + "file with --state")
            }
            let steps = try await file.read { transaction in
                try transaction.rows("SELECT variant, parent, activity FROM variant_step ORDER BY variant") { row in
                    (variant: Int32(row.integer(0)), parent: Int32(row.integer(1)), activity: row.text(2))
                }
            }
            for step in steps {
                variants.restore(step.variant, from: step.parent, by: activities.number(of: step.activity))
            }
        }

        func close() async throws { try await file.close() }

        var store: (any ReactorStore)? { file }
        var isDurable: Bool { true }

        func note(
            _ state: CaseState, of name: String, from start: Int32, by steps: [UInt32], _ context: inout HandlerContext
        ) {
            let way = variants.way(from: start, by: steps).map { ($0, activities.name(of: $0.activity)) }
            context.writeSQLite { transaction in
                for (step, activity) in way {
                    try transaction.run(Self.writeStep, Int64(step.node), Int64(step.parent), activity)
                }
                try transaction.run(
                    Self.writeState, name, state.events, state.start, state.end, Int64(state.variant))
            }
        }

        func states() async throws -> [CaseState] {
            try await file.read { transaction in
                try transaction.rows("SELECT events, first_time, last_time, variant FROM case_state") { row in
                    var state = CaseState()
                    state.events = Int(row.integer(0))
                    state.start = try row.value(1, as: Timestamp?.self)
                    state.end = try row.value(2, as: Timestamp?.self)
                    state.variant = Int32(row.integer(3))
                    return state
                }
            }
        }
    }
#endif
