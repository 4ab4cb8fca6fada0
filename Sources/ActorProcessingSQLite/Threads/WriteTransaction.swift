#if SQLite
    import CSQLite

    /// One transaction of the writer, as jobs see it.
    final class WriteTransaction {
        let connection: Connection
        /// Whether each piece of work that may fail half-way has a savepoint of its own.
        ///
        /// The first time a transaction is run it has none, since hardly anything ever fails: whatever does throws
        /// ``NeedsSavepoints``, all is rolled back, and all of it is run again with them.
        let hasSavepoints: Bool
        /// How many slots the journal's streams fall in.
        let journalSlots: Int
        /// Journal events were appended: who waits for them is woken after the commit.
        var appendsEvents = false
        /// Something that was done by half is in it: it can't be committed.
        private var isHalfDone = false
        /// Its number in the file's order of transactions, once something is committed under a fence.
        var number: Int64?
        /// The epochs under which it is recorded to commit something.
        var noted: [(scope: Int64, epoch: UInt64)] = []

        init(_ connection: Connection, hasSavepoints: Bool, journalSlots: Int) {
            self.connection = connection
            self.journalSlots = journalSlots
            self.hasSavepoints = hasSavepoints
        }

        /// Work failed half-way in a transaction without savepoints.
        struct NeedsSavepoints: Error {}

        /// Work has failed half-way: the transaction is run again with savepoints, whatever becomes of the error.
        func needsSavepoints() -> NeedsSavepoints {
            isHalfDone = true
            return NeedsSavepoints()
        }

        /// Throws unless all that was done up to now can be committed.
        func check() throws {
            if isHalfDone { throw NeedsSavepoints() }
            try checkGoesOn()
        }

        /// Throws when SQLite has rolled everything back under way. What is done after that would stay without the rest.
        func checkGoesOn() throws(SQLiteError) {
            if connection.isInTransaction { return }
            throw SQLiteError(
                code: SQLITE_ABORT,
                message:
                    "the transaction was rolled back under way, because the disk is full or fails, memory is short, or a "
                    + "statement says so (OR ROLLBACK)")
        }

        /// Runs `body`; when it throws, nothing that it has written stays.
        func attempting<Value>(_ body: () throws -> Value) throws -> Result<Value, any Error> {
            guard hasSavepoints else {
                do {
                    let value = try body()
                    try check()
                    return .success(value)
                } catch let error as SQLiteError where error.endsTransaction {
                    throw error
                } catch {
                    try checkGoesOn()
                    throw needsSavepoints()
                }
            }
            try connection.statement(Self.savepoint).run()
            do {
                let value = try body()
                try checkGoesOn()
                try connection.statement(Self.release).run()
                return .success(value)
            } catch {
                if let error = error as? SQLiteError, error.endsTransaction { throw error }
                try checkGoesOn()
                try connection.statement(Self.rollBack).run()
                try connection.statement(Self.release).run()
                return .failure(error)
            }
        }

        private static let savepoint = SQLiteStatement("SAVEPOINT piece")
        private static let release = SQLiteStatement("RELEASE piece")
        private static let rollBack = SQLiteStatement("ROLLBACK TO piece")
    }
#endif
