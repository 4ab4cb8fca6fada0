#if SQLite
    import Synchronization

    extension SQLiteStore {
        /// What the writer has committed since the file was opened.
        package var writerCounts: WriterCounts { writer.counts.withLock { $0 } }
    }
#endif
