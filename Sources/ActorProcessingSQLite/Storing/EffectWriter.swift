#if SQLite
    import ActorProcessing
    import Supervision

    /// Writes what an outcome does beside moving its stream.
    struct EffectWriter {
        private let connection: Connection
        private let stream: Int64
        private let scope: Int64

        init(_ connection: Connection, stream: Int64, scope: Int64) {
            self.connection = connection
            self.stream = stream
            self.scope = scope
        }

        func write(_ effects: OutcomeEffects) throws {
            if let snapshot = effects.snapshot { try write(snapshot) }
            for result in effects.results { try write(result) }
            for output in effects.outputs { try write(output) }
            for event in effects.parked { try park(event) }
            for index in effects.unparked { try unpark(index) }
            if let isParked = effects.isParked { try setParked(isParked) }
            for record in effects.skipped { try write(record) }
        }

        private func write(_ snapshot: Snapshot) throws {
            let statement = try connection.statement(Self.writeSnapshot)
            statement.bind(stream, at: 1)
            statement.bind(snapshot.position.nextIndex, at: 2)
            statement.bind(Int64(snapshot.position.turn), at: 3)
            statement.bind(Int64(snapshot.schema), at: 4)
            statement.bind(snapshot.state, at: 5)
            statement.bind(snapshot.stash, at: 6)
            statement.bind(optional: try StoredText.encode(snapshot.timers), at: 7)
            statement.bind(optional: snapshot.timers.map(\.due).min()?.nanosecondsSince1970, at: 8)
            try statement.run()
        }

        private func write(_ result: ResultRow) throws(SQLiteError) {
            let statement = try connection.statement(Self.writeResult)
            statement.bind(scope, at: 1)
            statement.bind(result.ticket.value, at: 2)
            statement.bind(Int64(result.ordinal), at: 3)
            statement.bind(Int64(result.isLate ? 1 : 0), at: 4)
            statement.bind(result.output.type, at: 5)
            statement.bind(result.output.data, at: 6)
            try statement.run()
        }

        private func write(_ row: OutputRow) throws {
            let statement = try connection.statement(Self.writeOutput)
            statement.bind(scope, at: 1)
            statement.bind(stream, at: 2)
            statement.bind(row.position.nextIndex, at: 3)
            statement.bind(Int64(row.position.turn), at: 4)
            statement.bind(Int64(row.ordinal), at: 5)
            statement.bind(row.output.type, at: 6)
            statement.bind(row.output.data, at: 7)
            let envelope = row.envelope
            statement.bind(optional: envelope?.receiver.value, at: 8)
            statement.bind(optional: envelope?.id, at: 9)
            statement.bind(optional: envelope?.time?.nanosecondsSince1970, at: 10)
            statement.bind(optional: envelope?.correlationID, at: 11)
            statement.bind(optional: envelope?.causationID, at: 12)
            statement.bind(optional: try envelope.flatMap { try StoredText.encode($0.metadata) }, at: 13)
            try statement.run()
        }

        private func park(_ parked: ParkedEvent) throws {
            let event = parked.event
            let statement = try connection.statement(Self.parkEvent)
            statement.bind(stream, at: 1)
            statement.bind(event.index, at: 2)
            statement.bind(event.type, at: 3)
            statement.bind(event.data, at: 4)
            statement.bind(optional: event.time?.nanosecondsSince1970, at: 5)
            statement.bind(optional: event.id, at: 6)
            statement.bind(optional: event.correlationID, at: 7)
            statement.bind(optional: event.causationID, at: 8)
            statement.bind(optional: try StoredText.encode(event.metadata), at: 9)
            statement.bind(event.position, at: 10)
            statement.bind(optional: parked.failure?.error, at: 11)
            statement.bind(optional: (parked.failure?.attempts).map(Int64.init), at: 12)
            statement.bind(parked.parkedAt.nanosecondsSince1970, at: 13)
            try statement.run()
            let note = try connection.statement(Self.noteParked)
            note.bind(stream, at: 1)
            note.bind(event.index + 1, at: 2)
            note.bind(optional: parked.failure?.error, at: 3)
            note.bind(optional: (parked.failure?.attempts).map(Int64.init), at: 4)
            note.bind(parked.parkedAt.nanosecondsSince1970, at: 5)
            try note.run()
        }

        private func unpark(_ index: Int64) throws(SQLiteError) {
            let statement = try connection.statement(
                "DELETE FROM millrace_parked WHERE stream = ?1 AND event_index = ?2")
            statement.bind(stream, at: 1)
            statement.bind(index, at: 2)
            try statement.run()
        }

        private func setParked(_ isParked: Bool) throws(SQLiteError) {
            let statement = try connection.statement(isParked ? Self.setParked : Self.setUnparked)
            statement.bind(stream, at: 1)
            try statement.run()
        }

        private func write(_ record: SkipRecord) throws(SQLiteError) {
            let statement = try connection.statement(
                "INSERT INTO millrace_skip (stream, first_index, end_index, reason, time) VALUES (?, ?, ?, ?, ?)")
            statement.bind(stream, at: 1)
            statement.bind(record.indices.lowerBound, at: 2)
            statement.bind(record.indices.upperBound, at: 3)
            statement.bind(record.reason, at: 4)
            statement.bind(record.time.nanosecondsSince1970, at: 5)
            try statement.run()
        }

        private static let writeSnapshot = SQLiteStatement(
            """
            INSERT INTO millrace_snapshot (stream, next_index, turn, schema, state, stash, timers, timer_due)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            ON CONFLICT (stream) DO UPDATE SET next_index = ?2, turn = ?3, schema = ?4, state = ?5, stash = ?6, timers = ?7,
                timer_due = ?8
            """)
        /// A result is kept as it was first committed.
        private static let writeResult = SQLiteStatement(
            """
            INSERT INTO millrace_result (scope, ticket, ordinal, is_late, type, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT DO NOTHING
            """)
        private static let writeOutput = SQLiteStatement(
            """
            INSERT INTO millrace_output (scope, stream, next_index, turn, ordinal, type, data, receiver, message_id, time,
                correlation_id, causation_id, metadata)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT DO NOTHING
            """)
        /// The lot's own copy stays; only news about why it is there is taken over.
        private static let parkEvent = SQLiteStatement(
            """
            INSERT INTO millrace_parked (stream, event_index, type, data, time, id, correlation_id, causation_id, metadata,
                position, error, attempts, parked_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
            ON CONFLICT DO UPDATE SET error = excluded.error, attempts = excluded.attempts WHERE excluded.error IS NOT NULL
            """)
        private static let noteParked = SQLiteStatement(
            """
            UPDATE millrace_stream SET parked_through = max(coalesce(parked_through, ?2), ?2),
                parked_error = coalesce(?3, parked_error), parked_attempts = coalesce(?4, parked_attempts),
                parked_at = coalesce(parked_at, ?5)
            WHERE id = ?1
            """)
        private static let setParked = SQLiteStatement("UPDATE millrace_stream SET is_parked = 1 WHERE id = ?1")
        private static let setUnparked = SQLiteStatement(
            """
            UPDATE millrace_stream SET is_parked = 0, parked_through = NULL, parked_error = NULL, parked_attempts = NULL,
                parked_at = NULL
            WHERE id = ?1
            """)
    }
#endif
