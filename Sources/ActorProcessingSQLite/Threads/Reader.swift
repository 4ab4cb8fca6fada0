#if SQLite
    import ActorProcessing
    import CSQLite

    /// Reads on a connection of its own: each job sees one state of the file, whatever is written meanwhile.
    final class Reader: Sendable {
        private let connection: Connection
        private let busyTimeout: Duration
        private let damage: Damage

        init(_ connection: Connection, busyTimeout: Duration, damage: Damage) {
            self.connection = connection
            self.busyTimeout = busyTimeout
            self.damage = damage
        }

        typealias Job = @Sendable (Reader) -> Void

        /// Runs until the queue is closed and empty. To be called on the reader's thread.
        ///
        /// - Parameter place: which of the queue's readers it is.
        func run(_ queue: ReadQueue, place: Int) {
            while let job = queue.next(for: place) { job(self) }
            close()
        }

        func close() { damage.close(connection) }

        /// What `body` finds, in one state of the file.
        func read<Value>(_ body: (Connection) throws -> Value) -> Result<Value, any Error> {
            do {
                try connection.statement(Self.begin).run()
                defer { end() }
                return .success(try body(connection))
            } catch let error as SQLiteError where error.code == SQLITE_READONLY {
                // Not that the file can't be written: those have extended codes.
                return .failure(StoreError(writingWhileReading: error, path: connection.path))
            } catch let error as SQLiteError {
                return .failure(damage.judge(error, path: connection.path, busyTimeout: busyTimeout))
            } catch {
                return .failure(error)
            }
        }

        private func end() {
            guard connection.isInTransaction else { return }
            do {
                try connection.statement(Self.commit).run()
            } catch {
                // When it has met damage SQLite says so once more, and ends the transaction all the same.
                _ = damage.judge(error, path: connection.path, busyTimeout: busyTimeout)
                if !connection.isInTransaction { return }
                preconditionFailure("SQLite doesn't end a transaction that has only read: \(error)")
            }
        }

        private static let begin = SQLiteStatement("BEGIN")
        private static let commit = SQLiteStatement("COMMIT")
    }
#endif
