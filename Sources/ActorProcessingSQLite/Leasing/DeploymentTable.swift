#if SQLite
    import Sharding

    /// What a file says of deployments as wholes.
    struct DeploymentTable {
        private let views: SQLiteTransaction

        init(_ views: SQLiteTransaction) { self.views = views }

        func version(of name: String) throws -> UInt64 {
            UInt64(bitPattern: try views.value(Self.version, name, as: Int64.self) ?? 0)
        }

        /// Something has changed that nodes have to know of.
        func changed(_ name: String) throws { try views.run(Self.change, name) }

        func isKilled(_ name: String) throws -> Bool { try views.value(Self.killSwitch, name, as: Bool.self) ?? false }

        func setKillSwitch(_ isThrown: Bool, of name: String) throws {
            if try isKilled(name) == isThrown { return }
            try changed(name)
            try views.run("UPDATE millrace_deployment SET is_killed = ? WHERE name = ?", isThrown, name)
        }

        func controls(of name: String) throws -> [String: ProcessControl] {
            let found = try views.rows(Self.controls, name) { row in
                (row.text(0), ProcessControl(isPaused: row.integer(1) != 0, node: try row.value(2, as: String?.self)))
            }
            return Dictionary(uniqueKeysWithValues: found)
        }

        func set(_ control: ProcessControl, for process: String, of name: String) throws {
            let known = try views.rows(
                "SELECT is_paused, node FROM millrace_control WHERE deployment = ? AND process = ?", name, process
            ) { ProcessControl(isPaused: $0.integer(0) != 0, node: try $0.value(1, as: String?.self)) }
            if known.first ?? ProcessControl() == control { return }
            try changed(name)
            if control == ProcessControl() {
                try views.run("DELETE FROM millrace_control WHERE deployment = ? AND process = ?", name, process)
            } else {
                try views.run(
                    """
                    INSERT INTO millrace_control (deployment, process, is_paused, node) VALUES (?1, ?2, ?3, ?4)
                    ON CONFLICT DO UPDATE SET is_paused = ?3, node = ?4
                    """, name, process, control.isPaused, control.node)
            }
        }

        private static let version = SQLiteStatement("SELECT version FROM millrace_deployment WHERE name = ?")
        private static let killSwitch = SQLiteStatement("SELECT is_killed FROM millrace_deployment WHERE name = ?")
        private static let controls = SQLiteStatement(
            "SELECT process, is_paused, node FROM millrace_control WHERE deployment = ?")
        private static let change = SQLiteStatement(
            """
            INSERT INTO millrace_deployment (name, version) VALUES (?1, 1) ON CONFLICT DO UPDATE SET version = version + 1
            """)
    }
#endif
