#if SQLite
    import ActorProcessing

    /// The journal's streams and its end.
    struct JournalStreams {
        /// A stream's row.
        struct Row {
            var number: Int64
            var category: Int64
            var state: JournalStreamState
        }

        private let connection: Connection

        init(_ connection: Connection) { self.connection = connection }

        func find(_ stream: StreamName) throws(SQLiteError) -> Row? {
            let statement = try connection.statement(Self.find)
            statement.bind(stream.value, at: 1)
            defer { statement.reset() }
            guard try statement.step() else { return nil }
            let state = JournalStreamState(nextIndex: statement.integer(2), phase: .init(stored: statement.integer(3)))
            return Row(number: statement.integer(0), category: statement.integer(1), state: state)
        }

        /// A stream's row, made if need be.
        func make(_ stream: StreamName, slot: Int) throws(SQLiteError) -> Row {
            if let known = try find(stream) { return known }
            let statement = try connection.statement(Self.insert)
            statement.bind(stream.value, at: 1)
            statement.bind(try category(String(stream.category)), at: 2)
            statement.bind(Int64(slot), at: 3)
            try statement.run()
            guard let made = try find(stream) else {
                preconditionFailure("a journal stream's row isn't there after it was inserted")
            }
            return made
        }

        func change(_ number: Int64, to state: JournalStreamState) throws(SQLiteError) {
            let statement = try connection.statement(Self.change)
            statement.bind(number, at: 1)
            statement.bind(state.nextIndex, at: 2)
            statement.bind(state.phase.stored, at: 3)
            try statement.run()
        }

        /// The index of the event that has this id in a stream.
        func index(of id: String, in stream: Int64) throws(SQLiteError) -> Int64? {
            let statement = try connection.statement(
                "SELECT event_index FROM millrace_journal_event WHERE stream = ?1 AND id = ?2")
            statement.bind(stream, at: 1)
            statement.bind(id, at: 2)
            defer { statement.reset() }
            return try statement.step() ? statement.integer(0) : nil
        }

        /// The position behind the last event.
        func end() throws(SQLiteError) -> Int64 {
            let statement = try connection.statement("SELECT next_position FROM millrace_journal")
            defer { statement.reset() }
            guard try statement.step() else { preconditionFailure("the journal has lost its end") }
            return statement.integer(0)
        }

        func setEnd(_ position: Int64) throws(SQLiteError) {
            let statement = try connection.statement("UPDATE millrace_journal SET next_position = ?")
            statement.bind(position, at: 1)
            try statement.run()
        }

        private func category(_ name: String) throws(SQLiteError) -> Int64 {
            let insertion = try connection.statement(
                "INSERT INTO millrace_journal_category (name) VALUES (?) ON CONFLICT DO NOTHING")
            insertion.bind(name, at: 1)
            try insertion.run()
            let search = try connection.statement("SELECT id FROM millrace_journal_category WHERE name = ?")
            search.bind(name, at: 1)
            defer { search.reset() }
            guard try search.step() else { preconditionFailure("a category isn't there after it was inserted") }
            return search.integer(0)
        }

        private static let find = SQLiteStatement(
            "SELECT id, category, next_index, phase FROM millrace_journal_stream WHERE name = ?")
        private static let insert = SQLiteStatement(
            "INSERT INTO millrace_journal_stream (name, category, slot, next_index, phase) VALUES (?, ?, ?, 0, 0)")
        private static let change = SQLiteStatement(
            "UPDATE millrace_journal_stream SET next_index = ?2, phase = ?3 WHERE id = ?1")
    }

    extension JournalStreamState.Phase {
        init(stored number: Int64) {
            self =
                switch number {
                case 0: .open
                case 1: .archived
                default: .deleted
                }
        }

        var stored: Int64 {
            switch self {
            case .open: 0
            case .archived: 1
            case .deleted: 2
            }
        }
    }
#endif
