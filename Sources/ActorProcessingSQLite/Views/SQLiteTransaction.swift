#if SQLite
    public import ActorProcessing

    /// The transaction in which an ``SQLiteStore`` runs view writes: the user's own tables, in the store's file.
    ///
    /// What is read includes what was written before in the same transaction, the outcome's own writes and those of others. Use it
    /// inside of the closure that it is passed to only.
    ///
    ///     try transaction.run("INSERT INTO total VALUES (?, ?) ON CONFLICT DO UPDATE SET amount = amount + excluded.amount", name, 5)
    public final class SQLiteTransaction: ViewTransaction {
        private let connection: Connection

        init(_ connection: Connection) { self.connection = connection }

        /// The transaction as this type, for a write that was meant for an SQLite store.
        ///
        /// - Throws: ``StoreError`` of code ``StoreError/Code/wrongTransaction`` when it is another store's.
        public static func of(_ transaction: any ViewTransaction) throws(StoreError) -> SQLiteTransaction {
            guard let transaction = transaction as? SQLiteTransaction else {
                throw StoreError(
                    .wrongTransaction,
                    "this view write is for an SQLite store, but was given a \(type(of: transaction)): write it for the store "
                        + "that the reactor has")
            }
            return transaction
        }

        /// Runs a statement with these values bound, in order.
        ///
        /// - Returns: how many rows it has changed.
        @discardableResult
        public func run<each Value: SQLiteValue>(
            _ statement: SQLiteStatement, _ values: repeat each Value
        ) throws(SQLiteError) -> Int {
            let prepared = try connection.statement(statement)
            var place = 0
            for value in repeat each values {
                place += 1
                value.bind(to: SQLiteBindings(statement: prepared), at: place)
            }
            try prepared.run()
            return connection.changes
        }

        /// What `read` makes of each row that a query finds with these values bound.
        public func rows<each Value: SQLiteValue, Row>(
            _ statement: SQLiteStatement, _ values: repeat each Value, read: (SQLiteRow) throws -> Row
        ) throws -> [Row] {
            let prepared = try connection.statement(statement)
            var place = 0
            for value in repeat each values {
                place += 1
                value.bind(to: SQLiteBindings(statement: prepared), at: place)
            }
            var found: [Row] = []
            try prepared.forEachRow { found.append(try read($0)) }
            return found
        }

        /// The first column of the first row that a query finds; `nil` when there is no row.
        public func value<each Value: SQLiteValue, Column: SQLiteValue>(
            _ statement: SQLiteStatement, _ values: repeat each Value, as type: Column.Type = Column.self
        ) throws -> Column? {
            let prepared = try connection.statement(statement)
            var place = 0
            for value in repeat each values {
                place += 1
                value.bind(to: SQLiteBindings(statement: prepared), at: place)
            }
            return try prepared.first { try Column.read(from: $0, at: 0) }
        }
    }
#endif
