#if SQLite
    import ActorProcessing
    import Synchronization

    @testable import ActorProcessingSQLite

    /// The file of one trial, as its processes open it one after the other.
    ///
    /// A simulated process dies between two steps, and the store's transactions are within one: what it leaves is a file with a
    /// log, and locks that the system lets go of.
    final class TrialFile: Sendable {
        private let folder: TemporaryFolder
        private let newest = Mutex<SQLiteStore?>(nil)

        init() throws { folder = try TemporaryFolder(inMemory: true) }

        private static var configuration: SQLiteConfiguration {
            var configuration = SQLiteConfiguration()
            configuration.runsOnCallersThreads = true
            configuration.synchronous = .off
            // Large groups come in parts.
            configuration.maximumGroup = 5
            return configuration
        }

        private func open() async throws -> SQLiteStore {
            let store = try await SQLiteStore(folder("trial.sqlite"), configuration: Self.configuration)
            newest.withLock { $0 = store }
            return store
        }

        /// The file as a trial's store.
        func store() async throws -> TrialStore {
            var store = TrialStore(first: try await open())
            store.reopen = { [self] _ in
                try await close()
                return try await open()
            }
            store.tear = 0.03
            return store
        }

        /// The journal of the process that has the file open.
        var journal: SQLiteJournal {
            guard let store = newest.withLock({ $0 }) else { preconditionFailure("no process has opened the file") }
            return store.journal
        }

        private func close() async throws {
            let store = newest.withLock { $0 }
            try await store?.close()
        }

        /// Removes the file. What is left of dead processes still holds on to this object.
        func remove() async throws {
            try await close()
            folder.remove()
        }
    }
#endif
