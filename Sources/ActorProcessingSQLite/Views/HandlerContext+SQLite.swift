#if SQLite
    public import ActorProcessing

    extension HandlerContext {
        /// Writes into the user's own tables of an ``SQLiteStore``, in the transaction that commits the outcome.
        ///
        /// The closure runs on the store's writing thread, once the call has returned; it must be quick, and may be run again
        /// when its transaction has to be.
        public mutating func writeSQLite(_ write: @escaping @Sendable (SQLiteTransaction) throws -> Void) {
            self.write { try write(SQLiteTransaction.of($0)) }
        }
    }
#endif
