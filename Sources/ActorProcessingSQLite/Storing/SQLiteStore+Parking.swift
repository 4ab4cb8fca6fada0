#if SQLite
    public import ActorProcessing
    import Supervision

    extension SQLiteStore: ParkingLot {
        public func parkedStreams(reactor: String) async throws -> [ParkedStream] {
            try await readOwn { transaction in
                try transaction.rows(
                    """
                    SELECT s.name, coalesce(min(p.event_index), s.next_index), count(p.event_index),
                        coalesce(s.parked_error, 'unknown: it was parked without a failure'),
                        coalesce(s.parked_attempts, 0), coalesce(s.parked_at, 0)
                    FROM millrace_stream s JOIN millrace_reactor r ON r.id = s.reactor
                    LEFT JOIN millrace_parked p ON p.stream = s.id
                    WHERE r.name = ? AND (s.parked_at IS NOT NULL OR s.is_parked)
                    GROUP BY s.id HAVING s.is_parked OR count(p.event_index) > 0
                    ORDER BY s.name
                    """, reactor
                ) { row in
                    ParkedStream(
                        stream: try row.value(0), firstIndex: row.integer(1), events: Int(row.integer(2)),
                        failure: ParkedFailure(error: row.text(3), attempts: Int(row.integer(4))),
                        parkedAt: Timestamp(nanosecondsSince1970: row.integer(5)))
                }
            }
        }

        public func parkedEvents(
            of stream: StreamName, reactor: String, from index: Int64, limit: Int
        ) async throws -> [ParkedEvent] {
            try await readOwn { transaction in
                try transaction.rows(
                    """
                    SELECT p.event_index, p.type, p.data, p.time, p.id, p.correlation_id, p.causation_id, p.metadata,
                        p.position, p.error, p.attempts, p.parked_at
                    FROM millrace_parked p
                    JOIN millrace_stream s ON s.id = p.stream JOIN millrace_reactor r ON r.id = s.reactor
                    WHERE r.name = ? AND s.name = ? AND p.event_index >= ? ORDER BY p.event_index LIMIT ?
                    """, reactor, stream, index, Int64(limit)
                ) { row in
                    ParkedEvent(
                        event: try Self.event(of: stream, row),
                        failure: row.isNull(9)
                            ? nil : ParkedFailure(error: row.text(9), attempts: Int(row.integer(10))),
                        parkedAt: Timestamp(nanosecondsSince1970: row.integer(11)))
                }
            }
        }

        /// The event with its position in its partition, which is the ticket of its results.
        private static func event(of stream: StreamName, _ row: SQLiteRow) throws -> Event {
            var builder = EventBatch.Builder()
            try builder.append(
                stream: stream, index: row.integer(0), type: row.text(1), data: row.bytes(2),
                time: try row.value(3, as: Timestamp?.self), id: try row.value(4, as: String?.self),
                correlationID: try row.value(5, as: String?.self), causationID: try row.value(6, as: String?.self),
                metadata: try StoredText.decode(row, 7, none: [:]), position: row.integer(8))
            return builder.finish()[0]
        }
    }
#endif
