#if SQLite
    import ActorProcessing
    import Supervision

    /// Finds what the file holds of streams.
    struct StreamLoader {
        private let connection: Connection

        init(_ connection: Connection) { self.connection = connection }

        func load(_ query: StreamQuery, reactor: String) throws -> [StoredStream?] {
            guard let number = try Names(connection).knownNumber(ofReactor: reactor) else {
                return [StoredStream?](repeating: nil, count: query.count)
            }
            let statement = try connection.statement(Self.load)
            statement.bind(number, at: 1)
            let partitions = try partitions(ofReactor: number)
            var bytesLeft = Self.snapshotBytes
            return try query.rows.map { row in
                let found = try unsafe query.withName(of: row) { name in
                    unsafe statement.bind(uncopied: name, at: 2)
                    return try statement.first { row in
                        (number: row.integer(0), stream: row.storedStream, scope: row.isNull(8) ? nil : row.integer(8))
                    }
                }
                guard let found else { return nil }
                var stream = found.stream
                if let scope = found.scope, let partition = partitions[scope] { stream.partition = partition }
                if stream.hasSnapshot, bytesLeft > 0 {
                    stream.snapshot = try snapshot(ofStream: found.number)
                    bytesLeft -= stream.snapshot.map { $0.state.count + $0.stash.count } ?? 0
                }
                return stream
            }
        }

        /// The partitions of a reactor by the numbers of their scopes.
        private func partitions(ofReactor number: Int64) throws -> [Int64: PartitionID] {
            let statement = try connection.statement(Self.loadPartitions)
            statement.bind(number, at: 1)
            var partitions: [Int64: PartitionID] = [:]
            try statement.forEachRow { partitions[$0.integer(0)] = PartitionID($0.text(1)) }
            return partitions
        }

        /// The snapshot that belongs to a stream's row.
        func snapshot(ofStream number: Int64) throws -> Snapshot? {
            let statement = try connection.statement(Self.loadSnapshot)
            statement.bind(number, at: 1)
            return try statement.first { row in
                Snapshot(
                    position: StreamPosition(
                        nextIndex: row.integer(0), turn: UInt32(truncatingIfNeeded: row.integer(1))),
                    schema: Int(row.integer(2)), state: row.bytes(3), stash: row.bytes(4),
                    timers: try StoredText.decode(row, 5, none: []))
            }
        }

        /// The number of a stream's row; `nil` when there is none.
        func number(of stream: StreamName, reactor: String) throws(SQLiteError) -> Int64? {
            let statement = try connection.statement(
                """
                SELECT s.id FROM millrace_stream s JOIN millrace_reactor r ON r.id = s.reactor
                WHERE r.name = ?1 AND s.name = ?2
                """)
            statement.bind(reactor, at: 1)
            statement.bind(stream.value, at: 2)
            defer { statement.reset() }
            return try statement.step() ? statement.integer(0) : nil
        }

        /// What leads to a stream's row, for numbers that fit.
        static func handle(_ number: Int64) -> StreamHandle {
            number < Int64(UInt32.max) ? StreamHandle(UInt32(number)) : .none
        }

        /// How many bytes of snapshots are read along with one query's streams; whoever needs the others asks for each.
        private static let snapshotBytes = 4 << 20

        private static let loadSnapshot = SQLiteStatement(
            "SELECT next_index, turn, schema, state, stash, timers FROM millrace_snapshot WHERE stream = ?")
        private static let loadPartitions = SQLiteStatement(
            "SELECT id, partition FROM millrace_scope WHERE reactor = ? AND partition <> ''")
        private static let load = SQLiteStatement(
            """
            SELECT id, next_index, turn, has_snapshot, dirty_version, dirty_since, is_parked, parked_through, scope
            FROM millrace_stream WHERE reactor = ?1 AND name = ?2
            """)
    }

    extension SQLiteRow {
        fileprivate var storedStream: StoredStream {
            let mark =
                isNull(4)
                ? nil : DirtyMark(version: integer(4), firstChange: Timestamp(nanosecondsSince1970: integer(5)))
            var stream = StoredStream(
                position: StreamPosition(nextIndex: integer(1), turn: UInt32(truncatingIfNeeded: integer(2))),
                isParked: integer(6) != 0,
                parkedThrough: isNull(7) ? .none : StreamPosition(nextIndex: integer(7)), dirty: mark,
                hasSnapshot: integer(3) != 0)
            stream.handle = StreamLoader.handle(integer(0))
            return stream
        }
    }
#endif
