#if SQLite
    import ActorProcessing

    /// Lists and maps in one column, as JSON: whoever looks into the file with SQLite's own tool can read them.
    enum StoredText {
        /// `nil` when there is nothing in it.
        static func encode<Value: Codable & Collection>(_ value: Value) throws -> String? {
            value.isEmpty ? nil : String(decoding: try JSONCodec<Value>().encode(value), as: UTF8.self)
        }

        /// What a column holds; nothing for none.
        static func decode<Value: Codable>(_ row: SQLiteRow, _ column: Int, none: Value) throws -> Value {
            row.isNull(column) ? none : try JSONCodec<Value>().decode(row.bytes(column))
        }
    }
#endif
