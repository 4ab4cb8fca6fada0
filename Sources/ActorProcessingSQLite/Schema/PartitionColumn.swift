#if SQLite
    /// The partition of each stream: what it is to be recovered with, and whose fence its late results need.
    enum PartitionColumn {
        /// Streams from before this have none until something of them is committed again.
        static let streamScope = """
            ALTER TABLE millrace_stream ADD COLUMN scope INTEGER;
            """
    }
#endif
