#if SQLite
    import CSQLite

    /// What SQLite reported of a statement, a view's for example.
    public struct SQLiteError: Error, Hashable, CustomStringConvertible {
        /// SQLite's extended result code, for example 2067 for a constraint that a unique index keeps.
        public let code: Int32
        /// What SQLite says about it.
        public let message: String
        /// The statement, as far as there is one.
        public let statement: String?

        /// SQLite's primary result code: the last eight bits.
        public var primaryCode: Int32 { code & 0xFF }

        public var description: String {
            let what = statement.map { " in: \($0)" } ?? ""
            return "SQLite reported \(message) (\(code))\(what)"
        }

        init(code: Int32, message: String, statement: String? = nil) {
            self.code = code
            self.message = message
            self.statement = statement
        }

        /// Whether the whole transaction can't go on, whichever statement met it: what was wrong isn't the statement.
        var endsTransaction: Bool {
            switch primaryCode {
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL, SQLITE_IOERR, SQLITE_NOMEM, SQLITE_CORRUPT, SQLITE_NOTADB,
                SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PROTOCOL, SQLITE_INTERRUPT, SQLITE_ABORT:
                true
            default: false
            }
        }
    }
#endif
