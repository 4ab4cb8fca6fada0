#if SQLite
    import ActorProcessing
    import Sharding
    import Supervision

    /// Hands scopes over, in a transaction of the writer: no two processes are here at once.
    struct ScopeTable {
        let views: SQLiteTransaction
        let names: Names
        private let transaction: WriteTransaction
        private let owners: Owners

        init(_ transaction: WriteTransaction, _ owners: Owners) {
            self.transaction = transaction
            self.owners = owners
            views = SQLiteTransaction(transaction)
            names = Names(transaction.connection)
        }

        /// What the file has of a scope; `nil` when nobody has ever had it.
        func find(_ scope: Fence.Scope) throws -> StoredScope? {
            try views.rows(Self.find, scope.deployment, scope.process) { try StoredScope($0, owners) }.first
        }

        /// Leases a scope, if it is free.
        func acquire(_ scope: Fence.Scope, for holder: LeaseHolder, ttl: Duration) throws -> LeaseAnswer {
            let moment = owners.moment
            var origin = LeaseRecord.Origin.free
            if let row = try find(scope)?.row {
                guard let next = row.origin(at: moment.now) else {
                    return .held(row.record(of: scope, at: moment.now))
                }
                origin = next
            }
            return .granted(try lease(scope, for: holder, ttl: ttl, origin, at: moment))
        }

        /// Leases a scope whoever has it.
        func takeOver(_ scope: Fence.Scope, for holder: LeaseHolder, ttl: Duration) throws -> Fence {
            let moment = owners.moment
            let origin = try find(scope)?.row.originOfTaking(at: moment.now) ?? .free
            return try lease(scope, for: holder, ttl: ttl, origin, at: moment)
        }

        private func lease(
            _ scope: Fence.Scope, for holder: LeaseHolder, ttl: Duration, _ origin: LeaseRecord.Origin,
            at moment: LeaseMoment
        ) throws -> Fence {
            let owner = "\(holder.node) (\(owners.name))"
            let fence = try begin(scope, owner: owner, node: holder.node, origin, at: moment)
            try views.run(
                Self.lease, scope.deployment, scope.process, Int64(bitPattern: holder.incarnation), owners.clock.boot,
                moment.now.advanced(by: ttl).nanoseconds)
            return fence
        }

        /// Gives a scope to this process without a lease.
        ///
        /// - Throws: `StoreError` of code `StoreError.Code.owned`, which names who has it.
        func own(_ scope: Fence.Scope) throws -> Fence {
            let moment = owners.moment
            let stored = try find(scope)
            if let row = stored?.row, row.isLeased(at: moment.now) {
                throw StoreError(
                    .owned,
                    "\(scope) is leased to \(row.owner): run it there, release the lease, or wait until it has lapsed")
            }
            let number = try stored?.number ?? make(scope)
            guard try owners.locks.take(number) else {
                throw StoreError(
                    .owned,
                    "\(scope) belongs to \(stored?.row.owner ?? "another process"), which is running: stop that one first, "
                        + "or have this one wait for it")
            }
            let origin = stored?.row.originOfTaking(at: moment.now) ?? .free
            return try begin(scope, owner: owners.name, node: nil, origin, at: moment)
        }

        /// Prolongs leases, and says of each whether it was. Nodes do so all the time, with all that they have.
        func renew(_ fences: [Fence], ttl: Duration) throws -> [Bool] {
            let moment = owners.moment
            let connection = transaction.connection
            let statement = try connection.statement(Self.renew)
            // What stands for all of them stays bound.
            statement.bind(moment.now.advanced(by: ttl).nanoseconds, at: 4)
            statement.bind(owners.clock.boot, at: 5)
            statement.bind(moment.wallTime.nanosecondsSince1970, at: 6)
            return try fences.map { fence in
                statement.bind(fence.scope.deployment, at: 1)
                statement.bind(fence.scope.process, at: 2)
                statement.bind(Int64(bitPattern: fence.epoch), at: 3)
                try statement.run()
                return connection.changes == 1
            }
        }

        /// Gives a scope back; a stale fence is passed over.
        func release(_ fence: Fence) throws {
            guard let known = try names.scope(fence.scope) else { return }
            guard known.epoch == fence.epoch else { return try giveUpLock(of: fence.scope, known.number) }
            try views.run(Self.release, known.number)
            try EpochTable(transaction).ended(known.number, fence.epoch, at: owners.clock.wallTime())
            try DeploymentTable(views).changed(fence.scope.deployment)
            // Should the transaction fail now, another owner's epoch is higher all the same.
            try owners.locks.release(known.number)
        }

        /// Lets go of what stands for an ownership that another one has ended, unless it was this process that began anew.
        private func giveUpLock(of scope: Fence.Scope, _ number: Int64) throws {
            guard let row = try find(scope)?.row, row.tenure == .owned, row.owner == owners.name else {
                return try owners.locks.release(number)
            }
        }

        /// Begins a scope's next epoch. What its node offered, if it is one, went with the last.
        private func begin(
            _ scope: Fence.Scope, owner: String, node: String?, _ origin: LeaseRecord.Origin, at moment: LeaseMoment
        ) throws -> Fence {
            let known = try names.scope(scope)
            let number = try known?.number ?? make(scope)
            let fence = FenceAuthority().fence(for: scope, epoch: (known?.epoch ?? 0) + 1)
            let (kind, originNode) = origin.columns
            let tenure: StoredScope.Tenure = node == nil ? .owned : .leased
            try views.run(
                Self.begin, number, Int64(bitPattern: fence.epoch), tenure.rawValue, node, owner, moment.wallTime,
                kind.rawValue, originNode, Int64(owners.process.number), owners.process.start)
            try EpochTable(transaction).began(number, fence.epoch, owner: owner, node: node, at: moment.wallTime)
            try DeploymentTable(views).changed(scope.deployment)
            return fence
        }

        /// Notes with a process's epochs that it was ended.
        func wasEnded(_ stuck: StuckHolder) throws {
            for (scope, epoch) in stuck.epochs {
                // Others may have taken it meanwhile: their epochs have nothing to do with it.
                guard let known = try names.scope(scope) else { continue }
                try views.run(
                    """
                    UPDATE millrace_epoch SET owner = owner || ?3
                    WHERE scope = ?1 AND epoch = ?2 AND substr(owner, -length(?3)) <> ?3
                    """, known.number, Int64(bitPattern: epoch), ", killed when it was stuck in a write")
            }
        }

        private func make(_ scope: Fence.Scope) throws -> Int64 {
            let reactor = try names.number(ofReactor: scope.deployment)
            try views.run(Self.make, reactor, scope.process)
            guard let known = try names.scope(scope) else {
                preconditionFailure("a scope's row isn't there after it was written")
            }
            return known.number
        }

        private static let find = SQLiteStatement(
            """
            SELECT \(StoredScope.columns) FROM millrace_scope s JOIN millrace_reactor r ON r.id = s.reactor
            WHERE r.name = ? AND s.partition = ?
            """)
        private static let make = SQLiteStatement(
            "INSERT INTO millrace_scope (reactor, partition, epoch) VALUES (?, ?, 0) ON CONFLICT DO NOTHING")
        private static let begin = SQLiteStatement(
            """
            UPDATE millrace_scope SET epoch = ?2, tenure = ?3, node = ?4, owner = ?5, since = ?6, renewed = ?6,
                origin = ?7, origin_node = ?8, process = ?9, process_start = ?10, incarnation = NULL, boot = NULL,
                expires = NULL, offer = NULL
            WHERE id = ?1
            """)
        private static let lease = SQLiteStatement(
            """
            UPDATE millrace_scope SET incarnation = ?3, boot = ?4, expires = ?5
            WHERE reactor = (SELECT id FROM millrace_reactor WHERE name = ?1) AND partition = ?2
            """)
        private static let renew = SQLiteStatement(
            """
            UPDATE millrace_scope SET expires = ?4, boot = ?5, renewed = ?6
            WHERE reactor = (SELECT id FROM millrace_reactor WHERE name = ?1) AND partition = ?2 AND epoch = ?3
                AND tenure = \(StoredScope.Tenure.leased.rawValue)
            """)
        private static let release = SQLiteStatement(
            "UPDATE millrace_scope SET \(StoredScope.vacating) WHERE id = ?")
    }
#endif
