#if SQLite
    import ActorProcessing
    import Sharding

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

        private static let leases = SQLiteStatement(
            """
            SELECT \(StoredScope.columns) FROM millrace_scope s JOIN millrace_reactor r ON r.id = s.reactor
            WHERE r.name = ? AND s.since IS NOT NULL
            """)
        private static let offers = SQLiteStatement(
            """
            SELECT s.partition, s.offer FROM millrace_scope s JOIN millrace_reactor r ON r.id = s.reactor
            WHERE r.name = ? AND s.offer IS NOT NULL
            """)
    }
#endif
