#if SQLite
    /// What an output has beside its content when it is a message to a stream; no receiver in all others.
    enum MessageColumns {
        static let messages = """
            ALTER TABLE millrace_output ADD COLUMN receiver TEXT;
            ALTER TABLE millrace_output ADD COLUMN message_id TEXT;
            ALTER TABLE millrace_output ADD COLUMN time INTEGER;
            ALTER TABLE millrace_output ADD COLUMN correlation_id TEXT;
            ALTER TABLE millrace_output ADD COLUMN causation_id TEXT;
            ALTER TABLE millrace_output ADD COLUMN metadata TEXT;
            """
    }
#endif
