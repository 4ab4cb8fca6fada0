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
            guard let row = try JournalStreams(connection).find(stream) else { return try EventBatch([]) }
            var page = PageFiller(limit, atMost: row.state.nextIndex)
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
            let from = max(position, 0)
            let end = try JournalStreams(connection).end()
            var page = PageFiller(limit, atMost: max(0, end - from))
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
        /// The most rows that room is made for before they are there.
        private let expected: Int
        private var builder = EventBatch.Builder()
        private var types = EventTypes()

        /// - Parameter most: how many rows there can be.
        init(_ limit: ReadLimit, atMost most: Int64) {
            self.limit = limit
            expected = min(limit.events, Int(clamping: most), 4096)
        }

        /// As if the others were like the first: a page that has to grow is copied each time.
        private mutating func makeRoom(forRowsOf bytes: Int) {
            builder.reserveCapacity(
                events: expected, bytes: min(limit.bytes, expected * min(bytes + bytes / 8, 1024), 4 << 20))
        }

        /// - Returns: `false`, and nothing has changed, when the limit is reached.
        mutating func add(_ row: PreparedStatement) throws -> Bool {
            if builder.count >= limit.events, builder.count > 0 { return false }
            return try unsafe row.withText(1) { name in
                try unsafe row.withBytes(4) { data in
                    if builder.count > 0, builder.byteCount + name.count + data.count > limit.bytes { return false }
                    if builder.count == 0 { makeRoom(forRowsOf: name.count + data.count) }
                    unsafe try builder.append(
                        name: name, index: row.integer(2), type: row.withText(3) { unsafe types.text($0) }, data: data,
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

    /// The types of a page's events as texts: a few come again and again, and needn't be made each time.
    private struct EventTypes {
        private var known: [(bytes: [UInt8], text: String)] = []
        private static let most = 8

        mutating func text(_ bytes: UnsafeRawBufferPointer) -> String {
            for type in known where unsafe type.bytes.count == bytes.count && type.bytes.elementsEqual(bytes) {
                return type.text
            }
            let text = unsafe String(decoding: bytes, as: UTF8.self)
            if known.count < Self.most { known.append((bytes: unsafe [UInt8](bytes), text: text)) }
            return text
        }
    }
#endif
