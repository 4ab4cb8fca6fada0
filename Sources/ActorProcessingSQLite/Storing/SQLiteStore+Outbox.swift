#if SQLite
    public import ActorProcessing
    public import Sharding
    import Supervision

    extension SQLiteStore: OutboxStore {
        public func results(of scope: Fence.Scope, from ticket: FeedPosition, limit: Int) async throws -> [ResultRow] {
            try await readOwn { transaction in
                try transaction.rows(
                    """
                    SELECT t.ticket, t.ordinal, t.type, t.data, t.is_late FROM millrace_result t
                    JOIN millrace_scope o ON o.id = t.scope JOIN millrace_reactor r ON r.id = o.reactor
                    WHERE r.name = ? AND o.partition = ? AND t.ticket >= ? ORDER BY t.ticket, t.ordinal LIMIT ?
                    """, scope.reactor, scope.partition.name, ticket.value, Int64(limit)
                ) { row in
                    ResultRow(
                        ticket: FeedPosition(row.integer(0)), ordinal: Int(row.integer(1)),
                        output: Output(type: row.text(2), data: row.bytes(3)), isLate: row.integer(4) != 0)
                }
            }
        }

        public func resultsEmitted(
            _ scope: Fence.Scope, below ticket: FeedPosition, late: [ResultRow], fence: Fence
        ) async throws {
            try await threads.write { transaction in
                let connection = transaction.connection
                try transaction.admit(fence)
                guard let number = try Names(connection).scope(scope)?.number else { return }
                let views = SQLiteTransaction(transaction)
                try views.run(
                    "DELETE FROM millrace_result WHERE scope = ? AND ticket < ? AND NOT is_late", number, ticket.value)
                for row in late {
                    try views.run(
                        "DELETE FROM millrace_result WHERE scope = ? AND ticket = ? AND ordinal = ? AND is_late",
                        number,
                        row.ticket.value, row.ordinal)
                }
            }
        }

        public func outputs(of scope: Fence.Scope, limit: Int) async throws -> [(stream: StreamName, row: OutputRow)] {
            try await readOwn { transaction in
                try transaction.rows(
                    """
                    SELECT s.name, t.next_index, t.turn, t.ordinal, t.type, t.data, t.receiver, t.message_id, t.time,
                        t.correlation_id, t.causation_id, t.metadata
                    FROM millrace_output t
                    JOIN millrace_stream s ON s.id = t.stream
                    WHERE t.scope = (SELECT o.id FROM millrace_scope o JOIN millrace_reactor r ON r.id = o.reactor
                        WHERE r.name = ? AND o.partition = ?)
                    ORDER BY t.id LIMIT ?
                    """, scope.reactor, scope.partition.name, Int64(limit)
                ) { row in
                    (
                        stream: try row.value(0, as: StreamName.self),
                        row: OutputRow(
                            position: StreamPosition(
                                nextIndex: row.integer(1), turn: UInt32(truncatingIfNeeded: row.integer(2))),
                            ordinal: Int(row.integer(3)), output: Output(type: row.text(4), data: row.bytes(5)),
                            envelope: try Self.envelope(row))
                    )
                }
            }
        }

        /// - Returns: `nil` for an output that isn't a message.
        private static func envelope(_ row: SQLiteRow) throws -> MessageEnvelope? {
            guard let receiver = try row.value(6, as: StreamName?.self) else { return nil }
            return MessageEnvelope(
                receiver: receiver, id: row.text(7), time: try row.value(8, as: Timestamp?.self),
                correlationID: try row.value(9, as: String?.self), causationID: try row.value(10, as: String?.self),
                metadata: try StoredText.decode(row, 11, none: [:]))
        }

        public func outputsDelivered(
            _ outputs: [(stream: StreamName, position: StreamPosition, ordinal: Int)], of scope: Fence.Scope,
            fence: Fence
        ) async throws {
            try await threads.write { transaction in
                let connection = transaction.connection
                try transaction.admit(fence)
                let views = SQLiteTransaction(transaction)
                for output in outputs {
                    guard let stream = try StreamLoader(connection).number(of: output.stream, reactor: scope.reactor)
                    else {
                        continue
                    }
                    try views.run(
                        """
                        DELETE FROM millrace_output WHERE stream = ? AND next_index = ? AND turn = ? AND ordinal = ?
                        """, stream, output.position.nextIndex, Int64(output.position.turn), output.ordinal)
                }
            }
        }
    }
#endif
