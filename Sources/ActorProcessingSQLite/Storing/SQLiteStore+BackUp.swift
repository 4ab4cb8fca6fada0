#if SQLite
    import ActorProcessing

    extension SQLiteStore {
        /// Copies the file as it stands at one moment into a new one, while the store goes on working.
        ///
        /// The copy is one file, without a log beside it, and is opened like any other. It is made by a thread and a connection
        /// of its own; until it is done the log can't be written back, and grows.
        ///
        /// - Parameter copy: where the copy is put; nothing may be there.
        /// - Throws: ``StoreError``: ``StoreError/Code/inaccessible`` when there is a file already, or none can be made;
        ///   ``StoreError/Code/unavailable`` when the disk is full; ``StoreError/Code/corrupted`` when the store's file isn't
        ///   sound. No copy is left behind then.
        public func backUp(to copy: String) async throws {
            // Refused when the store has been closed.
            try await threads.read { _ in }
            let work = FileCopy(path: path, copy: copy, configuration: configuration)
            try await Self.onThread(configuration) { try work.make() }
        }
    }
#endif
