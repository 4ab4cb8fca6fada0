#if SQLite
    import ActorProcessing
    import CSQLite

    /// Brings the tables of a file up to date.
    ///
    /// Each component, the store's own and the user's, has a row with its version: how many of its steps have run.
    struct Schema {
        let connection: Connection

        /// Runs the steps that the file hasn't seen, each in a transaction of its own together with its version.
        ///
        /// - Throws: `StoreError` of code `StoreError.Code.incompatible` when the file has seen more steps than there are, or
        ///   `StoreError.Code.inaccessible` when a step can't be run.
        func migrate(_ migrations: SQLiteMigrations) throws {
            let (component, steps) = (migrations.component, migrations.steps)
            while true {
                let version = try checkVersion(migrations)
                if version == steps.count { return }
                do {
                    try step(component, from: version, steps[version])
                } catch let error as SQLiteError where !error.endsTransaction {
                    throw StoreError(
                        .inaccessible,
                        "step \(version + 1) of the migrations of '\(component)' failed and was undone, \(error.message): mend "
                            + "it; \(connection.path) is of version \(version) still", underlying: error)
                }
            }
        }

        /// - Returns: the version of a component.
        /// - Throws: ``StoreError`` of code ``StoreError/Code/incompatible`` when the file has seen more steps than there are.
        @discardableResult
        func checkVersion(_ migrations: SQLiteMigrations) throws -> Int {
            let version = try version(of: migrations.component)
            if version <= migrations.steps.count { return version }
            throw StoreError(
                .incompatible,
                "\(connection.path) was written by a newer program: its tables of '\(migrations.component)' are of version "
                    + "\(version), and this program knows \(migrations.steps.count) of them; use the newer one")
        }

        /// The version of a component; 0 when it has no tables yet.
        func version(of component: String) throws -> Int {
            let isThere = try connection.text("SELECT 1 FROM sqlite_schema WHERE name = 'millrace_schema'") != nil
            guard isThere else { return 0 }
            let statement = try connection.statement("SELECT version FROM millrace_schema WHERE component = ?")
            statement.bind(component, at: 1)
            return Int(try statement.first { $0.integer(0) } ?? 0)
        }

        private func step(_ component: String, from version: Int, _ sql: String) throws {
            try connection.execute("BEGIN IMMEDIATE")
            do {
                // Another process may have been faster.
                if try self.version(of: component) == version {
                    try connection.execute(Self.versions)
                    try connection.execute(sql)
                    let statement = try connection.statement(
                        """
                        INSERT INTO millrace_schema (component, version) VALUES (?1, ?2)
                        ON CONFLICT (component) DO UPDATE SET version = ?2
                        """)
                    statement.bind(component, at: 1)
                    statement.bind(Int64(version + 1), at: 2)
                    try statement.run()
                }
                try connection.execute("COMMIT")
            } catch {
                if connection.isInTransaction { try connection.execute("ROLLBACK") }
                throw error
            }
        }

        private static let versions = """
            CREATE TABLE IF NOT EXISTS millrace_schema (component TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID
            """

        /// The name under which the store's own tables are kept.
        static let ownComponent = "millrace"
    }
#endif
