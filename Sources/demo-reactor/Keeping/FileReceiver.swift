#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite

    /// A receiver with a file of its own, for it is another system: what it has taken and what the reactor knows of that can
    /// only be brought together by what comes again.
    ///
    /// It answers when what it was given is committed. Whatever kills the process before the reactor has heard of it makes the
    /// reactor send it again.
    struct FileReceiver: ShopReceiver {
        let file: SQLiteStore
        var partitions = Scenario.ids

        static let tables = """
            CREATE TABLE published (
                stream TEXT PRIMARY KEY,
                version INTEGER NOT NULL,
                state BLOB NOT NULL
            ) WITHOUT ROWID;
            -- In the order of arrival here.
            CREATE TABLE confirmation (
                number INTEGER PRIMARY KEY,
                partition TEXT NOT NULL,
                ticket INTEGER NOT NULL,
                ordinal INTEGER NOT NULL,
                is_late INTEGER NOT NULL,
                text TEXT NOT NULL,
                UNIQUE (partition, ticket, ordinal)
            );
            """

        func take(_ publication: Publication<ShopState>) async throws {
            let state = try ShopMachine.codec.encode(publication.state)
            try await file.write { transaction in
                try transaction.run(
                    """
                    INSERT INTO published (stream, version, state) VALUES (?1, ?2, ?3)
                    ON CONFLICT DO UPDATE SET version = ?2, state = ?3 WHERE version <= ?2
                    """, publication.stream, publication.version, state)
            }
        }

        func take(_ results: [Resequenced]) async throws {
            try await file.write { transaction in
                for case .result(let row, let partition) in results {
                    try transaction.run(
                        """
                        INSERT INTO confirmation (partition, ticket, ordinal, is_late, text) VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT DO NOTHING
                        """, partition.name, row.ticket.value, row.ordinal, row.isLate,
                        String(decoding: row.output.data, as: UTF8.self))
                }
            }
        }

        func states() async throws -> [StreamName: ReceivedState] {
            try await file.read { transaction in
                try transaction.rows("SELECT stream, version, state FROM published") { row in
                    let state = try ShopMachine.codec.decode(row.bytes(2))
                    return (try row.value(0, as: StreamName.self), ReceivedState(version: row.integer(1), state: state))
                }.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
        }

        func confirmations() async throws -> ConfirmationLog.Contents {
            let log = ConfirmationLog(partitions: partitions)
            log.take(
                try await file.read { transaction in
                    try transaction.rows(
                        "SELECT partition, ticket, ordinal, is_late, text FROM confirmation ORDER BY number"
                    ) { row in
                        let output = Output(type: Confirmation.type, data: row.bytes(4))
                        let result = ResultRow(
                            ticket: FeedPosition(row.integer(1)), ordinal: Int(row.integer(2)), output: output,
                            isLate: row.integer(3) != 0)
                        return .result(result, partition: PartitionID(row.text(0)))
                    }
                })
            return log.all
        }
    }
#endif
