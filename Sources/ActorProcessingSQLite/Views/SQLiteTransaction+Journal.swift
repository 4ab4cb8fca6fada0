#if SQLite
    public import ActorProcessing

    extension SQLiteTransaction {
        /// Appends events to the store's journal as a part of this transaction: they are there when the outcome is, and only then.
        ///
        /// Give events ids that follow from what caused them, and repeating the work appends nothing twice.
        /// - Throws: `JournalError`, as `Journal.append` does.
        @discardableResult
        public func append(_ events: [NewEvent], to stream: StreamName, expected: ExpectedVersion) throws
            -> AppendResult
        {
            guard let write else {
                throw JournalError(.invalid, "events can't be appended where the file is only read")
            }
            try AppendRule.check(events)
            return try JournalAppender(write).append(
                events, to: stream, slot: stream.slot(of: write.journalSlots), expected: expected
            )
            .get()
        }
    }
#endif
