#if SQLite
    import ActorProcessing
    import Sharding

    extension SQLiteStore {
        /// How far a backup is.
        public struct BackupProgress: Sendable, Hashable {
            /// How many pages have been copied.
            public var copiedPages: Int
            /// How many there are.
            public var totalPages: Int
        }

        /// Copies the file while it is in use: one state of it, as of the beginning, into one file that can be opened as a store.
        ///
        /// Reactors go on meanwhile; their commits wait for nothing, but the log can't be shortened until the copy is complete. The
        /// copy appears under its name when it is complete and on the disk; what was there before is replaced. A cancelled task
        /// gives it up.
        ///
        /// Ownership isn't copied in effect: whoever runs a reactor over the copy takes it anew. Don't run the same reactor over
        /// both.
        /// - Parameters:
        ///   - path: where the copy goes: another file than the store's, and none that is in use.
        ///   - progress: called every few megabytes, on a thread of the backup's own.
        /// - Throws: `StoreError`; `CancellationError`.
        public func backUp(
            to path: String, progress: @escaping @Sendable (BackupProgress) -> Void = { _ in }
        ) async throws {
            let (source, configuration) = (self.path, configuration)
            let cancelled = CancellationFlag()
            try await withTaskCancellationHandler {
                // Not to return before the thread has ended, also when cancelled: it still removes what is incomplete.
                try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                    do {
                        try SystemThread.start {
                            continuation.resume(
                                with: Result {
                                    try Self.copy(source, to: path, configuration) { step in
                                        if cancelled.isSet { throw CancellationError() }
                                        progress(step)
                                    }
                                })
                        }
                    } catch {
                        continuation.resume(throwing: error)
                    }
                }
            } onCancel: {
                cancelled.set()
            }
        }

        private static func copy(
            _ source: String, to path: String, _ configuration: SQLiteConfiguration,
            _ progress: (BackupProgress) throws -> Void
        ) throws {
            do {
                let connection = try Connection(source, .reading, configuration: configuration)
                try Backup(connection, configuration).copy(to: path, progress)
            } catch let error as SQLiteError {
                throw StoreError(error, path: path, busyTimeout: configuration.busyTimeout)
            }
        }
    }
#endif
