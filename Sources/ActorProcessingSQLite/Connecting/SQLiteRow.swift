#if SQLite
    /// One row that a query has found. Columns count from 0. Valid inside of the closure that it is passed to only.
    public struct SQLiteRow {
        let statement: PreparedStatement

        /// A column as a value.
        ///
        /// - Throws: ``SQLiteError`` when what it holds can't be one.
        public func value<Value: SQLiteValue>(_ column: Int, as type: Value.Type = Value.self) throws(SQLiteError)
            -> Value
        {
            try Value.read(from: self, at: column)
        }

        /// A column as a whole number; 0 for nothing.
        public func integer(_ column: Int) -> Int64 { statement.integer(Int32(column)) }
        /// A column as a floating-point number; 0 for nothing.
        public func number(_ column: Int) -> Double { statement.number(Int32(column)) }
        /// A column as text; empty for nothing.
        public func text(_ column: Int) -> String { statement.text(Int32(column)) }
        /// A column as bytes; none for nothing.
        public func bytes(_ column: Int) -> [UInt8] { statement.bytes(Int32(column)) }
        /// Whether a column holds nothing.
        public func isNull(_ column: Int) -> Bool { statement.isNull(Int32(column)) }
    }
#endif
