#if SQLite
    /// The store's own tables. A step that has ever run anywhere stays as it is: what changes comes in a new one.
    enum StoreTables {
        static let steps = [
            reactors, JournalTables.journal, RequestTables.requests, PartitionColumn.streamScope, LeaseTables.leases,
            MessageColumns.messages,
        ]

        /// What reactors keep: who owns what, checkpoints, streams, and what is to leave.
        private static let reactors = """
            CREATE TABLE millrace_reactor (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL UNIQUE
            );
            -- Numbers that are given out in blocks, so that no two processes give out the same.
            CREATE TABLE millrace_number (
                name TEXT PRIMARY KEY,
                next INTEGER NOT NULL
            ) WITHOUT ROWID;
            CREATE TABLE millrace_scope (
                id INTEGER PRIMARY KEY,
                reactor INTEGER NOT NULL,
                partition TEXT NOT NULL,
                epoch INTEGER NOT NULL,
                owner TEXT,
                since INTEGER,
                UNIQUE (reactor, partition)
            );
            CREATE TABLE millrace_checkpoint (
                reactor INTEGER NOT NULL,
                feed TEXT NOT NULL,
                partition TEXT NOT NULL,
                position INTEGER NOT NULL,
                PRIMARY KEY (reactor, feed, partition)
            ) WITHOUT ROWID;
            CREATE TABLE millrace_stream (
                id INTEGER PRIMARY KEY,
                reactor INTEGER NOT NULL,
                name TEXT NOT NULL,
                next_index INTEGER NOT NULL,
                turn INTEGER NOT NULL,
                has_snapshot INTEGER NOT NULL DEFAULT 0,
                dirty_version INTEGER,
                dirty_since INTEGER,
                is_parked INTEGER NOT NULL DEFAULT 0,
                parked_through INTEGER,
                parked_error TEXT,
                parked_attempts INTEGER,
                parked_at INTEGER,
                UNIQUE (reactor, name)
            );
            CREATE INDEX millrace_stream_dirty ON millrace_stream (reactor) WHERE dirty_version IS NOT NULL;
            CREATE INDEX millrace_stream_parked ON millrace_stream (reactor) WHERE parked_at IS NOT NULL OR is_parked;
            CREATE TABLE millrace_snapshot (
                stream INTEGER PRIMARY KEY,
                next_index INTEGER NOT NULL,
                turn INTEGER NOT NULL,
                schema INTEGER NOT NULL,
                state BLOB NOT NULL,
                stash BLOB NOT NULL,
                timers TEXT,
                timer_due INTEGER
            );
            CREATE INDEX millrace_snapshot_due ON millrace_snapshot (timer_due) WHERE timer_due IS NOT NULL;
            CREATE TABLE millrace_parked (
                stream INTEGER NOT NULL,
                event_index INTEGER NOT NULL,
                type TEXT NOT NULL,
                data BLOB NOT NULL,
                time INTEGER,
                id TEXT,
                correlation_id TEXT,
                causation_id TEXT,
                metadata TEXT,
                position INTEGER NOT NULL,
                error TEXT,
                attempts INTEGER,
                parked_at INTEGER NOT NULL,
                PRIMARY KEY (stream, event_index)
            ) WITHOUT ROWID;
            CREATE TABLE millrace_skip (
                id INTEGER PRIMARY KEY,
                stream INTEGER NOT NULL,
                first_index INTEGER NOT NULL,
                end_index INTEGER NOT NULL,
                reason TEXT NOT NULL,
                time INTEGER NOT NULL
            );
            CREATE INDEX millrace_skip_stream ON millrace_skip (stream, first_index);
            CREATE TABLE millrace_result (
                scope INTEGER NOT NULL,
                ticket INTEGER NOT NULL,
                ordinal INTEGER NOT NULL,
                is_late INTEGER NOT NULL,
                type TEXT NOT NULL,
                data BLOB NOT NULL,
                PRIMARY KEY (scope, ticket, ordinal)
            ) WITHOUT ROWID;
            CREATE TABLE millrace_output (
                id INTEGER PRIMARY KEY,
                scope INTEGER NOT NULL,
                stream INTEGER NOT NULL,
                next_index INTEGER NOT NULL,
                turn INTEGER NOT NULL,
                ordinal INTEGER NOT NULL,
                type TEXT NOT NULL,
                data BLOB NOT NULL,
                UNIQUE (stream, next_index, turn, ordinal)
            );
            """
    }
#endif
