#if SQLite
    public import ActorProcessing

    /// The transaction in which an ``SQLiteStore`` runs view writes: the user's own tables, in the store's file.
    ///
    /// What is read includes what was written before in the same transaction, the outcome's own writes and those of others. Use it
    /// inside of the closure that it is passed to only. Statements that end the transaction (`COMMIT`, `OR ROLLBACK`) have the whole
    /// group of outcomes fail.
    ///
    ///     try transaction.run("INSERT INTO total VALUES (?, ?) ON CONFLICT DO UPDATE SET amount = amount + excluded.amount", name, 5)
    public final class SQLiteTransaction: ViewTransaction {
        private let connection: Connection
        /// The writer's transaction; `nil` where the file is only read.
        let write: WriteTransaction?

        init(reading connection: Connection) {
            self.connection = connection
            write = nil
        }

        init(_ write: WriteTransaction) {
            connection = write.connection
            self.write = write
        }

        /// The transaction as this type, for a write that was meant for an SQLite store.
        ///
        /// - Throws: `StoreError` of code `StoreError.Code.wrongTransaction` when it is another store's.
        public static func of(_ transaction: any ViewTransaction) throws(StoreError) -> SQLiteTransaction {
            guard let transaction = transaction as? SQLiteTransaction else {
                throw StoreError(
                    .wrongTransaction,
                    "this view write is for an SQLite store, but was given a \(type(of: transaction)): write it for the store "
                        + "that the reactor has")
            }
            return transaction
        }

        /// The statement with these values bound.
        private func prepare<each Value: SQLiteValue>(
            _ statement: SQLiteStatement, _ values: repeat each Value
        ) throws(SQLiteError) -> PreparedStatement {
            // Whatever would be written after an end that went unnoticed would stay without the rest.
            try write?.checkGoesOn()
            let prepared = try connection.statement(statement)
            let bindings = SQLiteBindings(statement: prepared)
            var place = 0
            for value in repeat each values {
                place += 1
                value.bind(to: bindings, at: place)
            }
            return prepared
        }

        /// Runs a statement with these values bound, in order.
        ///
        /// - Returns: how many rows it has changed.
        @discardableResult
        public func run<each Value: SQLiteValue>(
            _ statement: SQLiteStatement, _ values: repeat each Value
        ) throws(SQLiteError) -> Int {
            let prepared = try prepare(statement, repeat each values)
            try prepared.run()
            return connection.changes
        }

        /// What `read` makes of each row that a query finds with these values bound.
        public func rows<each Value: SQLiteValue, Row>(
            _ statement: SQLiteStatement, _ values: repeat each Value, read: (SQLiteRow) throws -> Row
        ) throws -> [Row] {
            try prepare(statement, repeat each values).rows(read)
        }

        /// The first column of the first row that a query finds; `nil` when there is no row.
        public func value<each Value: SQLiteValue, Column: SQLiteValue>(
            _ statement: SQLiteStatement, _ values: repeat each Value, as type: Column.Type = Column.self
        ) throws -> Column? {
            try prepare(statement, repeat each values).first { try Column.read(from: $0, at: 0) }
        }
    }
#endif
