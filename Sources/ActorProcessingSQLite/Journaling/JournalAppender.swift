#if SQLite
    import ActorProcessing
    import CSQLite
    import Supervision

    /// Appends to the journal in a transaction of the writer.
    struct JournalAppender {
        private let transaction: WriteTransaction
        private var connection: Connection { transaction.connection }
        private var streams: JournalStreams { JournalStreams(transaction.connection) }

        init(_ transaction: WriteTransaction) { self.transaction = transaction }

        /// - Returns: the result, or why nothing was appended.
        func append(
            _ events: [NewEvent], to stream: StreamName, slot: Int, expected: ExpectedVersion
        ) throws -> Result<AppendResult, JournalError> {
            let row = try streams.find(stream)
            let known = try knownIndices(events, in: row)
            let verdict: AppendRule.Verdict
            do {
                verdict = try AppendRule.verdict(
                    on: events, to: stream, expected: expected, state: row?.state, known: known)
            } catch {
                return .failure(error)
            }
            let count = Int64(events.count)
            switch verdict {
            case .repeat(let first):
                let last = try position(of: first + count - 1, in: row?.number ?? 0)
                return .success(
                    AppendResult(
                        indices: first..<first + count, position: FeedPosition(last + 1), isRepeat: true))
            case .append(let first):
                let row = try row ?? streams.make(stream, slot: slot)
                let end = try insert(events, row, from: first, slot: slot)
                transaction.appendsEvents = true
                return .success(AppendResult(indices: first..<first + count, position: FeedPosition(end)))
            }
        }

        /// Where the events' ids are in the stream already.
        ///
        /// Without savepoints only the first is looked for: should another one be there, its insertion fails, and all is done again
        /// with them.
        private func knownIndices(_ events: [NewEvent], in row: JournalStreams.Row?) throws(SQLiteError) -> [Int64?] {
            var known = [Int64?](repeating: nil, count: events.count)
            guard let row, row.state.phase != .deleted, events[0].id != nil else { return known }
            for place in known.indices {
                known[place] = try events[place].id.flatMap { id throws(SQLiteError) in
                    try streams.index(of: id, in: row.number)
                }
                if known[0] == nil, !transaction.hasSavepoints { break }
            }
            return known
        }

        /// - Returns: the journal's new end.
        private func insert(
            _ events: [NewEvent], _ row: JournalStreams.Row, from first: Int64, slot: Int
        ) throws -> Int64 {
            var position = try streams.end()
            let statement = try connection.statement(Self.insertEvent)
            statement.bind(row.number, at: 2)
            statement.bind(row.category, at: 4)
            statement.bind(Int64(slot), at: 5)
            for (place, event) in events.enumerated() {
                statement.bind(position, at: 1)
                statement.bind(first + Int64(place), at: 3)
                statement.bind(event.type, at: 6)
                statement.bind(optional: event.time?.nanosecondsSince1970, at: 7)
                statement.bind(optional: event.id, at: 8)
                statement.bind(optional: event.correlationID, at: 9)
                statement.bind(optional: event.causationID, at: 10)
                statement.bind(optional: try StoredText.encode(event.metadata), at: 11)
                statement.bind(event.data, at: 12)
                do {
                    try statement.run()
                } catch {
                    let isClash = error.primaryCode == SQLITE_CONSTRAINT
                    if isClash, !transaction.hasSavepoints { throw transaction.needsSavepoints() }
                    throw error
                }
                position += 1
            }
            let next = first + Int64(events.count)
            try streams.change(row.number, to: JournalStreamState(nextIndex: next))
            try streams.setEnd(position)
            return position
        }

        private func position(of index: Int64, in stream: Int64) throws -> Int64 {
            let statement = try connection.statement(
                "SELECT position FROM millrace_journal_event WHERE stream = ?1 AND event_index = ?2")
            statement.bind(stream, at: 1)
            statement.bind(index, at: 2)
            guard let found = try statement.first({ $0.integer(0) }) else {
                throw SQLiteError(
                    code: SQLITE_CORRUPT, message: "event \(index) of journal stream \(stream) is missing",
                    statement: statement.sql)
            }
            return found
        }

        /// - Returns: why the stream can't be closed so, if it can't.
        func close(
            _ stream: StreamName, slot: Int, expected: ExpectedVersion, _ closing: StreamClosing
        ) throws -> Result<Void, JournalError> {
            let row = try streams.find(stream)
            let phase: JournalStreamState.Phase?
            do {
                phase = try AppendRule.closing(stream, expected: expected, closing, state: row?.state)
            } catch {
                return .failure(error)
            }
            guard let phase else { return .success(()) }
            let closed = try row ?? streams.make(stream, slot: slot)
            try streams.change(
                closed.number, to: JournalStreamState(nextIndex: closed.state.nextIndex, phase: phase))
            if phase == .deleted {
                let events = try connection.statement("DELETE FROM millrace_journal_event WHERE stream = ?")
                events.bind(closed.number, at: 1)
                try events.run()
                // They hold what the events said.
                let snapshots = try connection.statement("DELETE FROM millrace_journal_snapshot WHERE stream = ?")
                snapshots.bind(stream.value, at: 1)
                try snapshots.run()
            }
            return .success(())
        }

        private static let insertEvent = SQLiteStatement(
            """
            INSERT INTO millrace_journal_event (position, stream, event_index, category, slot, type, time, id, correlation_id,
                causation_id, metadata, data)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """)
    }
#endif
