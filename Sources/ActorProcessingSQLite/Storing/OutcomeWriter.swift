#if SQLite
    import ActorProcessing
    import Sharding
    import Supervision

    /// Commits a group's outcomes in a transaction of the writer.
    ///
    /// All that may reject an outcome is looked at before anything of it is written; only view writes may fail half-way.
    ///
    /// Most of what a row costs is waiting for the memory of its page, so that a group's positions are moved in the order of
    /// their rows, and its views written in the order of names, by which most of them are kept.
    final class OutcomeWriter {
        let transaction: WriteTransaction
        let group: OutcomeGroup
        let reactor: Int64
        private let rows: [OutcomeGroup.Row]
        private let scopes: [Scope]
        private let views: SQLiteTransaction

        private struct Scope {
            var number: Int64
            var epoch: UInt64
            var isCurrent: Bool
            /// What streams are said to have come through; `nil` for what comes through no partition.
            var partition: Int64?
        }

        init(_ transaction: WriteTransaction, _ group: OutcomeGroup, reactor: String) throws {
            self.transaction = transaction
            self.group = group
            rows = group.rows
            let connection = transaction.connection
            self.reactor = try Names(connection).number(ofReactor: reactor)
            views = SQLiteTransaction(transaction)
            scopes = try group.distinctFences.map { fence in
                // Another reactor's fence says nothing here.
                let found = fence.scope.reactor == reactor ? try Names(connection).scope(fence.scope) : nil
                return Scope(
                    number: found?.number ?? -1, epoch: fence.epoch, isCurrent: found?.epoch == fence.epoch,
                    partition: fence.scope.partition == "" ? nil : found?.number)
            }
        }

        /// Commits the outcomes at some places of the group.
        func commit(_ places: Range<Int>) throws -> CommitReport {
            let report = transaction.hasSavepoints ? try commitOneByOne(places) : try commitInOrderOfPages(places)
            try note(places, butRejectedIn: report)
            return report
        }

        /// Records under which fences outcomes have been committed.
        private func note(_ places: Range<Int>, butRejectedIn report: CommitReport) throws {
            if report.rejections.count == places.count { return }
            if scopes.count == 1 { return try transaction.note(scopes[0].number, scopes[0].epoch) }
            let rejected = Set(report.rejections.map(\.place))
            var committing = [Bool](repeating: false, count: scopes.count)
            for place in places where rejected.isEmpty || !rejected.contains(place) {
                committing[group.fenceNumber(of: rows[place])] = true
            }
            for (scope, isCommitting) in zip(scopes, committing) where isCommitting {
                try transaction.note(scope.number, scope.epoch)
            }
        }

        /// What fails half-way is undone as a whole: one outcome after the other, then.
        private func commitOneByOne(_ places: Range<Int>) throws -> CommitReport {
            var rejections: [CommitReport.Rejection] = []
            for place in places {
                if let reason = try commit(rows[place]) { rejections.append(.init(place: place, reason: reason)) }
            }
            return CommitReport(rejections: rejections)
        }

        private func commitInOrderOfPages(_ places: Range<Int>) throws -> CommitReport {
            let order = GroupOrder(group, places)
            // Read in their own order, in which they lie in memory.
            let doesMore = places.map { group.doesMoreThanWrite(rows[$0]) }
            let writes = places.map { group.writes(of: rows[$0]) }
            var rejections: [CommitReport.Rejection] = []
            for place in order.byRow {
                if let reason = try apply(rows[place], doesMore: doesMore[place - places.lowerBound]) {
                    rejections.append(.init(place: place, reason: reason))
                }
            }
            rejections.sort { $0.place < $1.place }
            let rejected = Set(rejections.map(\.place))
            for place in order.byName where rejected.isEmpty || !rejected.contains(place) {
                for write in writes[place - places.lowerBound] {
                    // Without savepoints a failure ends this attempt to run the transaction.
                    _ = try transaction.attempting { try write.body(views) }
                }
            }
            return CommitReport(rejections: rejections)
        }

        /// - Returns: why the outcome isn't committed; `nil` when it is.
        private func commit(_ row: OutcomeGroup.Row) throws -> CommitReport.Reason? {
            let writes = group.writes(of: row)
            let doesMore = group.doesMoreThanWrite(row)
            if writes.isEmpty { return try apply(row, doesMore: doesMore) }
            let result = try transaction.attempting {
                let reason = try apply(row, doesMore: doesMore)
                if reason == nil { for write in writes { try write.body(views) } }
                return reason
            }
            switch result {
            case .success(let reason): return reason
            case .failure(let error): return .viewWriteFailed("\(error)")
            }
        }

        /// Does all that an outcome says but its view writes.
        ///
        /// - Parameter doesMore: whether there is anything to do beside moving the stream's position.
        /// - Returns: why it isn't committed; `nil` when it is.
        private func apply(_ row: OutcomeGroup.Row, doesMore: Bool) throws -> CommitReport.Reason? {
            let scope = scopes[group.fenceNumber(of: row)]
            guard scope.isCurrent else { return .staleFence }
            guard doesMore, let effects = group.effects(of: row) else {
                return try move(row, scope.partition, mark: nil, hasSnapshot: false).rejection
            }
            if effects.isParked == false, try !isLotEmpty(row, after: effects) {
                // A stale position is the better reason.
                let stored = try find(row)
                return stored.position == row.expected ? .lotNotEmpty : .stalePosition(stored.position)
            }
            return try apply(effects, row, scope)
        }

        private func apply(
            _ effects: OutcomeEffects, _ row: OutcomeGroup.Row, _ scope: Scope
        ) throws -> CommitReport.Reason? {
            let moved = try move(row, scope.partition, mark: effects.dirty, hasSnapshot: effects.snapshot != nil)
            guard case .moved(let stream) = moved else { return moved.rejection }
            try EffectWriter(transaction.connection, stream: stream, scope: scope.number).write(effects)
            return nil
        }

        // MARK: - the stream's row

        private enum Move {
            case moved(stream: Int64)
            case stale(StreamPosition)

            var rejection: CommitReport.Reason? {
                if case .stale(let position) = self { return .stalePosition(position) }
                return nil
            }
        }

        /// Moves a stream's row from the expected to the new position.
        private func move(
            _ row: OutcomeGroup.Row, _ partition: Int64?, mark: DirtyMark?, hasSnapshot: Bool
        ) throws(SQLiteError) -> Move {
            if row.handle != .none {
                let number = Int64(row.handle.value)
                let isMoved =
                    row.expected == .none
                    ? try insert(row, number, partition, mark, hasSnapshot)
                    : try update(row, number, partition, mark, hasSnapshot)
                if isMoved { return .moved(stream: number) }
            }
            let stored = try find(row)
            guard stored.position == row.expected else { return .stale(stored.position) }
            if let number = stored.number {
                if try update(row, number, partition, mark, hasSnapshot) { return .moved(stream: number) }
            } else {
                let number = try Names(transaction.connection).take(1, of: .streams).lowerBound
                if try insert(row, number, partition, mark, hasSnapshot) { return .moved(stream: number) }
            }
            preconditionFailure("a stream's row is neither there nor can it be made: \(group.stream(of: row))")
        }

        private func insert(
            _ row: OutcomeGroup.Row, _ number: Int64, _ partition: Int64?, _ mark: DirtyMark?, _ hasSnapshot: Bool
        ) throws(SQLiteError) -> Bool {
            let statement = try transaction.connection.statement(Self.insertStream)
            statement.bind(number, at: 1)
            statement.bind(reactor, at: 2)
            statement.bind(row.position.nextIndex, at: 4)
            statement.bind(Int64(row.position.turn), at: 5)
            statement.bind(Int64(hasSnapshot ? 1 : 0), at: 6)
            statement.bind(optional: mark?.version, at: 7)
            statement.bind(optional: mark?.firstChange.nanosecondsSince1970, at: 8)
            statement.bind(optional: partition, at: 9)
            try run(statement, withNameOf: row, at: 3)
            return transaction.connection.changes == 1
        }

        private func update(
            _ row: OutcomeGroup.Row, _ number: Int64, _ partition: Int64?, _ mark: DirtyMark?, _ hasSnapshot: Bool
        ) throws(SQLiteError) -> Bool {
            let isPlain = mark == nil && !hasSnapshot
            let statement = try transaction.connection.statement(isPlain ? Self.moveStream : Self.moveMarkedStream)
            statement.bind(number, at: 1)
            statement.bind(row.expected.nextIndex, at: 2)
            statement.bind(Int64(row.expected.turn), at: 3)
            statement.bind(row.position.nextIndex, at: 4)
            statement.bind(Int64(row.position.turn), at: 5)
            statement.bind(optional: partition, at: 6)
            if !isPlain {
                statement.bind(Int64(hasSnapshot ? 1 : 0), at: 7)
                statement.bind(optional: mark?.version, at: 8)
                statement.bind(optional: mark?.firstChange.nanosecondsSince1970, at: 9)
            }
            try statement.run()
            return transaction.connection.changes == 1
        }

        /// What the file holds of an outcome's stream.
        private func find(_ row: OutcomeGroup.Row) throws(SQLiteError) -> (number: Int64?, position: StreamPosition) {
            let statement = try transaction.connection.statement(Self.findStream)
            statement.bind(reactor, at: 1)
            return try withBoundName(of: row, statement, at: 2) { () throws(SQLiteError) in
                defer { statement.reset() }
                guard try statement.step() else { return (nil, .none) }
                let position = StreamPosition(
                    nextIndex: statement.integer(1), turn: UInt32(truncatingIfNeeded: statement.integer(2)))
                return (statement.integer(0), position)
            }
        }

        private func isLotEmpty(_ row: OutcomeGroup.Row, after effects: OutcomeEffects) throws -> Bool {
            let leaving = Set(effects.unparked)
            if effects.parked.contains(where: { !leaving.contains($0.event.index) }) { return false }
            guard let stream = try find(row).number else { return true }
            let statement = try transaction.connection.statement(
                "SELECT event_index FROM millrace_parked WHERE stream = ?")
            statement.bind(stream, at: 1)
            var isEmpty = true
            try statement.forEachRow { if !leaving.contains($0.integer(0)) { isEmpty = false } }
            return isEmpty
        }

        private func run(
            _ statement: PreparedStatement, withNameOf row: OutcomeGroup.Row, at place: Int32
        ) throws(SQLiteError) {
            try withBoundName(of: row, statement, at: place) { () throws(SQLiteError) in try statement.run() }
        }

        /// Calls `body` while a stream's name is bound where it lies.
        private func withBoundName<Value>(
            of row: OutcomeGroup.Row, _ statement: PreparedStatement, at place: Int32,
            _ body: () throws(SQLiteError) -> Value
        ) throws(SQLiteError) -> Value {
            let result: Result<Value, SQLiteError> = unsafe group.withName(of: row) { name in
                unsafe statement.bind(uncopied: name, at: place)
                return Result { () throws(SQLiteError) in try body() }
            }
            return try result.get()
        }

        private static let insertStream = SQLiteStatement(
            """
            INSERT INTO millrace_stream
                (id, reactor, name, next_index, turn, has_snapshot, dirty_version, dirty_since, scope)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING
            """)
        private static let moveStream = SQLiteStatement(
            """
            UPDATE millrace_stream SET next_index = ?4, turn = ?5, scope = coalesce(?6, scope)
            WHERE id = ?1 AND next_index = ?2 AND turn = ?3
            """)
        /// The first change stays that of the oldest one that isn't published.
        private static let moveMarkedStream = SQLiteStatement(
            """
            UPDATE millrace_stream SET next_index = ?4, turn = ?5, scope = coalesce(?6, scope),
                has_snapshot = max(has_snapshot, ?7),
                dirty_version = coalesce(max(dirty_version, ?8), dirty_version, ?8),
                dirty_since = coalesce(min(dirty_since, ?9), dirty_since, ?9)
            WHERE id = ?1 AND next_index = ?2 AND turn = ?3
            """)
        private static let findStream = SQLiteStatement(
            "SELECT id, next_index, turn FROM millrace_stream WHERE reactor = ?1 AND name = ?2")
    }
#endif
