#if SQLite
    public import ActorProcessing
    public import Sharding
    public import Supervision

    extension SQLiteStore: OperatorRequests {
        public func post(_ request: OperatorRequest, to reactor: String, at time: Timestamp) async throws -> Int64 {
            try await threads.write { transaction in
                let names = Names(transaction.connection)
                let reactor = try names.number(ofReactor: reactor)
                let number = try names.take(1, of: .requests).lowerBound
                try SQLiteTransaction(transaction).run(
                    """
                    INSERT INTO millrace_request (reactor, number, action, stream, event_index, posted_at)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """, reactor, number, request.action.rawValue, request.stream, request.index, time)
                return number
            }
        }

        public func openRequests(
            of reactor: String, after number: Int64, limit: Int
        ) async throws -> [PostedRequest] {
            try await readOwn { transaction in
                try transaction.rows(
                    Self.open, reactor, number, Int64(limit), read: Self.request)
            }
        }

        public func answer(
            _ number: Int64, of reactor: String, with answer: OperatorAnswer, fence: Fence
        ) async throws {
            try await threads.write { transaction in
                try transaction.admit(fence)
                guard let reactor = try Names(transaction.connection).knownNumber(ofReactor: reactor) else { return }
                try SQLiteTransaction(transaction).run(
                    """
                    UPDATE millrace_request SET error = ?, answered_at = ?
                    WHERE reactor = ? AND number = ? AND answered_at IS NULL
                    """, answer.error, answer.time, reactor, number)
            }
        }

        public func request(_ number: Int64, of reactor: String) async throws -> PostedRequest? {
            try await readOwn { transaction in
                try transaction.rows(
                    Self.one, reactor, number, read: Self.request
                ).first
            }
        }

        public func forgetRequest(_ number: Int64, of reactor: String) async throws {
            try await threads.write { transaction in
                guard let reactor = try Names(transaction.connection).knownNumber(ofReactor: reactor) else { return }
                try SQLiteTransaction(transaction).run(
                    "DELETE FROM millrace_request WHERE reactor = ? AND number = ?", reactor, number)
            }
        }

        private static let columns = """
            SELECT q.number, q.action, q.stream, q.event_index, q.posted_at, q.error, q.answered_at
            FROM millrace_request q JOIN millrace_reactor r ON r.id = q.reactor
            """

        private static let open = SQLiteStatement(
            "\(columns) WHERE r.name = ? AND q.answered_at IS NULL AND q.number > ? ORDER BY q.number LIMIT ?")
        private static let one = SQLiteStatement("\(columns) WHERE r.name = ? AND q.number = ?")

        private static func request(_ row: SQLiteRow) throws -> PostedRequest {
            guard let action = OperatorRequest.Action(rawValue: row.text(1)) else {
                throw StoreError(
                    .corrupted,
                    "request \(row.integer(0)) wants '\(row.text(1))', which this program doesn't know: forget the request"
                )
            }
            let answer =
                row.isNull(6) ? nil : OperatorAnswer(error: try row.value(5, as: String?.self), time: try row.value(6))
            return PostedRequest(
                number: row.integer(0),
                request: OperatorRequest(action: action, stream: try row.value(2), index: row.integer(3)),
                postedAt: try row.value(4), answer: answer)
        }
    }
#endif
