#if SQLite
    import ActorProcessing
    import Sharding
    import Supervision

    /// What is known of a deployment, in one state of the file.
    struct LeaseReading {
        private let views: SQLiteTransaction
        private let owners: Owners

        init(_ views: SQLiteTransaction, _ owners: Owners) {
            self.views = views
            self.owners = owners
        }

        func leases(of deployment: String) throws -> [LeaseRecord] {
            let now = owners.clock.now()
            return try views.rows(Self.leases, deployment) { columns in
                let stored = try StoredScope(columns, owners)
                return stored.row.record(of: Fence.Scope(deployment: deployment, process: stored.process), at: now)
            }
            .sorted { $0.scope < $1.scope }
        }

        func picture(of deployment: String, _ known: KnownOffers) throws -> DeploymentPicture {
            let table = DeploymentTable(views)
            let offers = try views.rows(Self.offers, deployment) { row in
                let names = try known.names(in: row.text(1)) { try StoredText.decode(row, 1, none: [String]()) }
                return (String(row.text(0).dropFirst()), names)
            }
            return DeploymentPicture(
                version: try table.version(of: deployment), isKilled: try table.isKilled(deployment),
                leases: try leases(of: deployment), offers: Dictionary(uniqueKeysWithValues: offers),
                controls: try table.controls(of: deployment))
        }

        /// What has an owner without a lease is looked at row by row, for its lock tells whether that one is there.
        func summary(of deployment: String) throws -> LeaseSummary {
            let table = DeploymentTable(views)
            let now = owners.clock.now().nanoseconds
            let found = try views.rows(Self.summary, deployment, owners.clock.boot, now) { row in
                (held: Int(row.integer(0)), end: try row.value(1, as: Int64?.self), owned: row.integer(2))
            }
            guard let found = found.first else { return LeaseSummary(version: try table.version(of: deployment)) }
            if found.owned > 0 {
                return LeaseSummary(
                    DeploymentPicture(
                        version: try table.version(of: deployment), leases: try leases(of: deployment)))
            }
            return LeaseSummary(
                version: try table.version(of: deployment), held: found.held,
                firstLapse: found.end.map { .nanoseconds($0 - now) })
        }

        private static let leases = SQLiteStatement(
            """
            SELECT \(StoredScope.columns) FROM millrace_scope s JOIN millrace_reactor r ON r.id = s.reactor
            WHERE r.name = ? AND s.since IS NOT NULL
            """)
        private static let summary = SQLiteStatement(
            """
            SELECT count(*) FILTER (WHERE s.boot = ?2 AND s.expires > ?3),
                min(s.expires) FILTER (WHERE s.boot = ?2 AND s.expires > ?3),
                count(*) FILTER (WHERE s.tenure = \(StoredScope.Tenure.owned.rawValue))
            FROM millrace_scope s JOIN millrace_reactor r ON r.id = s.reactor WHERE r.name = ?1
            """)
        private static let offers = SQLiteStatement(
            """
            SELECT s.partition, s.offer FROM millrace_scope s JOIN millrace_reactor r ON r.id = s.reactor
            WHERE r.name = ? AND s.offer IS NOT NULL
            """)
    }
#endif
