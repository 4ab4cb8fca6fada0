#if SQLite
    /// Who holds what, epoch by epoch, and what is decided about deployments.
    enum LeaseTables {
        /// A scope's `tenure` is one of ``StoredScope/Tenure``. An epoch without `began_at` was never handed out; those that went on
        /// when the tables were made began before everything.
        static let leases = """
            ALTER TABLE millrace_scope ADD COLUMN tenure INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE millrace_scope ADD COLUMN node TEXT;
            ALTER TABLE millrace_scope ADD COLUMN incarnation INTEGER;
            ALTER TABLE millrace_scope ADD COLUMN boot TEXT;
            ALTER TABLE millrace_scope ADD COLUMN expires INTEGER;
            ALTER TABLE millrace_scope ADD COLUMN renewed INTEGER;
            ALTER TABLE millrace_scope ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE millrace_scope ADD COLUMN origin_node TEXT;
            ALTER TABLE millrace_scope ADD COLUMN process INTEGER;
            ALTER TABLE millrace_scope ADD COLUMN process_start INTEGER;
            ALTER TABLE millrace_scope ADD COLUMN offer TEXT;
            UPDATE millrace_scope SET tenure = 1, renewed = since WHERE owner IS NOT NULL;
            CREATE TABLE millrace_epoch (
                scope INTEGER NOT NULL,
                epoch INTEGER NOT NULL,
                owner TEXT NOT NULL,
                node TEXT,
                began INTEGER NOT NULL,
                ended INTEGER,
                began_at INTEGER,
                ended_at INTEGER,
                first_commit INTEGER,
                last_commit INTEGER,
                transactions INTEGER NOT NULL DEFAULT 0,
                PRIMARY KEY (scope, epoch)
            ) WITHOUT ROWID;
            INSERT INTO millrace_epoch (scope, epoch, owner, began, began_at)
                SELECT id, epoch, owner, coalesce(since, 0), 0 FROM millrace_scope WHERE owner IS NOT NULL;
            CREATE TABLE millrace_deployment (
                name TEXT PRIMARY KEY,
                version INTEGER NOT NULL,
                is_killed INTEGER NOT NULL DEFAULT 0
            ) WITHOUT ROWID;
            CREATE TABLE millrace_control (
                deployment TEXT NOT NULL,
                process TEXT NOT NULL,
                is_paused INTEGER NOT NULL,
                node TEXT,
                PRIMARY KEY (deployment, process)
            ) WITHOUT ROWID;
            """
    }
#endif
