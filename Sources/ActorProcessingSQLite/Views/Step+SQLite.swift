#if SQLite
    public import ActorProcessing

    extension Step {
        /// As well, a write into the user's own tables of an ``SQLiteStore``, in the transaction that commits the outcome.
        ///
        /// What `HandlerContext.writeSQLite` says of its closure holds here too.
        public func writingSQLite(_ write: @escaping @Sendable (SQLiteTransaction) throws -> Void) -> Step {
            writing { try write(SQLiteTransaction.of($0)) }
        }
    }
#endif
