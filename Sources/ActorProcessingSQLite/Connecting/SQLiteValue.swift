#if SQLite
    public import Supervision
    public import ActorProcessing

    /// What can be bound to a statement, and read from a column.
    public protocol SQLiteValue: Sendable {
        /// Binds the value to a statement, at a place from 1.
        func bind(to bindings: SQLiteBindings, at place: Int)

        /// The value of a column; SQLite's own conversions apply where the types differ.
        ///
        /// - Parameters:
        ///   - row: what holds the column.
        ///   - column: its place in the row, from 0.
        static func read(from row: SQLiteRow, at column: Int) throws(SQLiteError) -> Self
    }

    /// Where values are bound. Used inside of ``SQLiteValue/bind(to:at:)`` only.
    public struct SQLiteBindings {
        let statement: PreparedStatement

        /// Binds a whole number.
        public func bind(_ value: Int64, at place: Int) { statement.bind(value, at: Int32(place)) }
        /// Binds a floating-point number.
        public func bind(_ value: Double, at place: Int) { statement.bind(value, at: Int32(place)) }
        /// Binds a text.
        public func bind(_ value: String, at place: Int) { statement.bind(value, at: Int32(place)) }
        /// Binds bytes.
        public func bind(_ value: [UInt8], at place: Int) { statement.bind(value, at: Int32(place)) }
        /// Binds nothing.
        public func bindNull(at place: Int) { statement.bindNull(at: Int32(place)) }
    }

    extension Int64: SQLiteValue {
        public func bind(to bindings: SQLiteBindings, at place: Int) { bindings.bind(self, at: place) }
        public static func read(from row: SQLiteRow, at column: Int) -> Int64 { row.integer(column) }
    }

    extension Int: SQLiteValue {
        public func bind(to bindings: SQLiteBindings, at place: Int) { bindings.bind(Int64(self), at: place) }
        public static func read(from row: SQLiteRow, at column: Int) -> Int { Int(row.integer(column)) }
    }

    extension Bool: SQLiteValue {
        public func bind(to bindings: SQLiteBindings, at place: Int) { bindings.bind(Int64(self ? 1 : 0), at: place) }
        public static func read(from row: SQLiteRow, at column: Int) -> Bool { row.integer(column) != 0 }
    }

    extension Double: SQLiteValue {
        public func bind(to bindings: SQLiteBindings, at place: Int) { bindings.bind(self, at: place) }
        public static func read(from row: SQLiteRow, at column: Int) -> Double { row.number(column) }
    }

    extension String: SQLiteValue {
        public func bind(to bindings: SQLiteBindings, at place: Int) { bindings.bind(self, at: place) }
        public static func read(from row: SQLiteRow, at column: Int) -> String { row.text(column) }
    }

    extension [UInt8]: SQLiteValue {
        public func bind(to bindings: SQLiteBindings, at place: Int) { bindings.bind(self, at: place) }
        public static func read(from row: SQLiteRow, at column: Int) -> [UInt8] { row.bytes(column) }
    }

    extension Optional: SQLiteValue where Wrapped: SQLiteValue {
        public func bind(to bindings: SQLiteBindings, at place: Int) {
            if let self { self.bind(to: bindings, at: place) } else { bindings.bindNull(at: place) }
        }

        public static func read(from row: SQLiteRow, at column: Int) throws(SQLiteError) -> Wrapped? {
            row.isNull(column) ? nil : try Wrapped.read(from: row, at: column)
        }
    }

    /// Nanoseconds since 1970, as a whole number.
    extension Timestamp: SQLiteValue {
        public func bind(to bindings: SQLiteBindings, at place: Int) { bindings.bind(nanosecondsSince1970, at: place) }
        public static func read(from row: SQLiteRow, at column: Int) -> Timestamp {
            Timestamp(nanosecondsSince1970: row.integer(column))
        }
    }

    /// The whole name, as text.
    extension StreamName: SQLiteValue {
        public func bind(to bindings: SQLiteBindings, at place: Int) { bindings.bind(value, at: place) }

        /// - Throws: ``SQLiteError`` with SQLite's code 20 (mismatch) when the text isn't a stream's name.
        public static func read(from row: SQLiteRow, at column: Int) throws(SQLiteError) -> StreamName {
            let text = row.text(column)
            do {
                return try StreamName(text)
            } catch {
                throw SQLiteError(code: 20, message: error.message, statement: row.statement.sql)
            }
        }
    }
#endif
