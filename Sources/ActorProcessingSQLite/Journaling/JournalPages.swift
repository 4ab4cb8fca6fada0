#if SQLite
    import ActorProcessing
    import Supervision

    /// Reads pages of the journal on one connection.
    struct JournalPages {
        private let connection: Connection

        init(_ connection: Connection) { self.connection = connection }

        func events(
            of stream: StreamName, from index: Int64, _ direction: ReadDirection, upTo limit: ReadLimit
        ) throws -> EventBatch {
            var page = PageFiller(limit)
            guard let row = try JournalStreams(connection).find(stream) else { return page.finish() }
            let statement = try connection.statement(direction == .forwards ? Self.forwards : Self.backwards)
            statement.bind(row.number, at: 1)
            statement.bind(index, at: 2)
            defer { statement.reset() }
            while try statement.step() {
                if try !page.add(statement) { break }
            }
            return page.finish()
        }

        func page(of selection: JournalSelection, from position: Int64, upTo limit: ReadLimit) throws -> JournalPage {
            var page = PageFiller(limit)
            let from = max(position, 0)
            let end = try JournalStreams(connection).end()
            let statement = try connection.statement(Self.selecting(selection))
            statement.bind(from, at: 1)
            if let category = selection.category { statement.bind(category, at: 2) }
            if let share = selection.share {
                statement.bind(Int64(share.count), at: 3)
                statement.bind(Int64(share.number), at: 4)
            }
            defer { statement.reset() }
            while from < end, try statement.step() {
                if try !page.add(statement) {
                    return JournalPage(events: page.finish(), next: FeedPosition(statement.integer(0)))
                }
            }
            return JournalPage(events: page.finish(), next: FeedPosition(max(from, end)))
        }

        private static func selecting(_ selection: JournalSelection) -> SQLiteStatement {
            switch (selection.category != nil, selection.share != nil) {
            case (false, false): all
            case (false, true): share
            case (true, false): category
            case (true, true): categoryShare
            }
        }

        private static let columns = """
            SELECT e.position, s.name, e.event_index, e.type, e.data, e.time, e.id, e.correlation_id, e.causation_id,
                e.metadata
            """
        // The events lead: the planner would rather begin with the streams.
        private static let source =
            "FROM millrace_journal_event e CROSS JOIN millrace_journal_stream s ON s.id = e.stream"
        private static let byCategory = """
            FROM millrace_journal_event e INDEXED BY millrace_journal_event_category
            CROSS JOIN millrace_journal_stream s ON s.id = e.stream
            """
        private static let inCategory = "e.category = (SELECT id FROM millrace_journal_category WHERE name = ?2)"
        private static let inShare = "e.slot % ?3 = ?4"
        private static let order = "AND e.position >= ?1 AND s.phase = 0 ORDER BY e.position"

        private static let forwards = SQLiteStatement(
            "\(columns) \(source) WHERE e.stream = ?1 AND e.event_index >= ?2 ORDER BY e.event_index")
        private static let backwards = SQLiteStatement(
            "\(columns) \(source) WHERE e.stream = ?1 AND e.event_index <= ?2 ORDER BY e.event_index DESC")
        private static let all = SQLiteStatement("\(columns) \(source) WHERE 1 \(order)")
        private static let share = SQLiteStatement("\(columns) \(source) WHERE \(inShare) \(order)")
        private static let category = SQLiteStatement("\(columns) \(byCategory) WHERE \(inCategory) \(order)")
        private static let categoryShare = SQLiteStatement(
            "\(columns) \(byCategory) WHERE \(inCategory) AND \(inShare) \(order)")
    }

    /// Collects rows up to a limit; the first one is taken whatever its size.
    private struct PageFiller {
        private let limit: ReadLimit
        private var builder = EventBatch.Builder()
        private var lastType = ""

        init(_ limit: ReadLimit) {
            self.limit = limit
            builder.reserveCapacity(events: min(limit.events, 4096), bytes: 0)
        }

        /// - Returns: `false`, and nothing has changed, when the limit is reached.
        mutating func add(_ row: PreparedStatement) throws -> Bool {
            if builder.count >= limit.events, builder.count > 0 { return false }
            return try unsafe row.withText(1) { name in
                try unsafe row.withBytes(4) { data in
                    if builder.count > 0, builder.byteCount + name.count + data.count > limit.bytes { return false }
                    // Neighbours are often of one type: the same text needn't be made again.
                    let isSameType = unsafe row.withText(3) { unsafe $0.elementsEqual(lastType.utf8) }
                    if !isSameType { lastType = row.text(3) }
                    unsafe try builder.append(
                        name: name, index: row.integer(2), type: lastType, data: data,
                        time: row.isNull(5) ? nil : Timestamp(nanosecondsSince1970: row.integer(5)),
                        id: row.isNull(6) ? nil : row.text(6), correlationID: row.isNull(7) ? nil : row.text(7),
                        causationID: row.isNull(8) ? nil : row.text(8),
                        metadata: try StoredText.decode(SQLiteRow(statement: row), 9, none: [:]),
                        position: row.integer(0))
                    return true
                }
            }
        }

        mutating func finish() -> EventBatch { builder.finish() }
    }
#endif
