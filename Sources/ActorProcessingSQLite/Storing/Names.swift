#if SQLite
    import ActorProcessing
    import Sharding

    /// The file's numbers for reactors, scopes and streams.
    struct Names {
        private let connection: Connection

        init(_ connection: Connection) { self.connection = connection }

        /// A reactor's number, which it is given now if need be.
        func number(ofReactor name: String) throws(SQLiteError) -> Int64 {
            if let known = try knownNumber(ofReactor: name) { return known }
            let statement = try connection.statement("INSERT INTO millrace_reactor (name) VALUES (?)")
            statement.bind(name, at: 1)
            try statement.run()
            guard let made = try knownNumber(ofReactor: name) else {
                preconditionFailure("a reactor's row isn't there after it was inserted")
            }
            return made
        }

        /// A reactor's number; `nil` when the file holds nothing of it.
        func knownNumber(ofReactor name: String) throws(SQLiteError) -> Int64? {
            let statement = try connection.statement("SELECT id FROM millrace_reactor WHERE name = ?")
            statement.bind(name, at: 1)
            defer { statement.reset() }
            return try statement.step() ? statement.integer(0) : nil
        }

        /// A scope's number and newest epoch; `nil` when nobody has ever owned it.
        func scope(_ scope: Fence.Scope) throws(SQLiteError) -> (number: Int64, epoch: UInt64)? {
            let statement = try connection.statement(
                """
                SELECT s.id, s.epoch FROM millrace_scope s JOIN millrace_reactor r ON r.id = s.reactor
                WHERE r.name = ?1 AND s.partition = ?2
                """)
            statement.bind(scope.reactor, at: 1)
            statement.bind(scope.partition.name, at: 2)
            defer { statement.reset() }
            guard try statement.step() else { return nil }
            return (statement.integer(0), UInt64(bitPattern: statement.integer(1)))
        }

        /// The number of a scope whose fence is its newest.
        ///
        /// - Throws: `StoreError` of code `StoreError.Code.staleFence`, or ``SQLiteError``.
        func number(checking fence: Fence) throws -> Int64 {
            if let found = try scope(fence.scope), found.epoch == fence.epoch { return found.number }
            throw StoreError(
                .staleFence,
                "epoch \(fence.epoch) of \(fence.scope) is over: another owner has it now, so let go of it here")
        }

        /// What numbers are given out for.
        enum Numbered: String {
            case streams = "stream"
            case requests = "request"
            case transactions = "transaction"
        }

        /// Numbers that nobody else is given; they rise.
        func take(_ count: Int64, of numbered: Numbered) throws(SQLiteError) -> Range<Int64> {
            let statement = try connection.statement(
                """
                INSERT INTO millrace_number (name, next) VALUES (?2, 1 + ?1)
                ON CONFLICT (name) DO UPDATE SET next = next + ?1 RETURNING next
                """)
            statement.bind(count, at: 1)
            statement.bind(numbered.rawValue, at: 2)
            defer { statement.reset() }
            guard try statement.step() else { preconditionFailure("SQLite returned nothing of the row that it wrote") }
            let end = statement.integer(0)
            // A statement that returns rows has done all its work only when it has been stepped to its end.
            while try statement.step() {}
            return end - count..<end
        }
    }
#endif
