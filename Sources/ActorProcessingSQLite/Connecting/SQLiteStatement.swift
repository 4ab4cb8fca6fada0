#if SQLite
    import Synchronization

    /// One SQL statement, which each connection prepares once.
    ///
    /// Make those that are used often once and for all, `static let upsert = SQLiteStatement("INSERT …")`; a string literal does
    /// as well, at the cost of a look-up each time. What has been prepared is kept for as long as its store: don't write values
    /// into the text of a statement, bind them.
    public struct SQLiteStatement: Sendable, ExpressibleByStringLiteral {
        private static let numbers = Mutex<[String: Int]>([:])

        /// The statement's text.
        public let sql: String
        /// The same for the same text.
        let number: Int

        /// A statement of this text: one statement, with `?` or `?1` where values are bound.
        public init(_ sql: String) {
            self.sql = sql
            number = Self.numbers.withLock { numbers in
                if let number = numbers[sql] { return number }
                numbers[sql] = numbers.count
                return numbers.count - 1
            }
        }

        public init(stringLiteral sql: String) { self.init(sql) }
    }
#endif
