#if SQLite
    import ActorProcessing
    import Synchronization

    /// Commits jobs in groups: all that are there share one transaction, and are answered when it is on the disk.
    final class Writer: Sendable {
        private let connection: Connection
        private let configuration: SQLiteConfiguration
        private let bell: JournalBell
        private let deployments: DeploymentBell
        private let journalSlots: Int
        private let damage: Damage
        /// How many transactions have been committed, and how many jobs in them.
        let counts = Mutex(WriterCounts())
        /// What was last seen of the file.
        private let seen = Mutex(Seen())

        private struct Seen {
            /// The version of the file that other processes have made.
            var others: Int64 = 0
            /// Rises with the version of each deployment.
            var deployments: Int64 = 0
            /// Something was committed here that hasn't been looked at.
            var hasCommitted = false
        }

        init(
            _ connection: Connection, configuration: SQLiteConfiguration, journalSlots: Int, bell: JournalBell,
            deployments: DeploymentBell, damage: Damage
        ) {
            self.damage = damage
            self.journalSlots = journalSlots
            self.connection = connection
            self.configuration = configuration
            self.bell = bell
            self.deployments = deployments
        }

        /// Runs until the queue is closed and empty. To be called on the writer's thread.
        func run(_ queue: JobQueue<WriteJob>) {
            let limit = configuration.maximumGroup
            let isEnough: ([WriteJob]) -> Bool = { jobs in jobs.reduce(0) { $0 + $1.weight } >= limit }
            while let jobs = queue.takeAll(
                linger: configuration.groupLinger, until: isEnough, patience: { self.patience })
            {
                if isAwaited { lookForOthersCommits() }
                deployments.wakeImpatient()
                var first = 0
                while first < jobs.count {
                    var end = first + 1
                    var weight = jobs[first].weight
                    while end < jobs.count, weight + jobs[end].weight <= limit {
                        weight += jobs[end].weight
                        end += 1
                    }
                    commit(jobs[first..<end])
                    first = end
                }
            }
            close()
        }

        /// While somebody waits, it is looked now and then whether another process has written anything.
        private var patience: Duration? {
            if bell.isAwaited { return configuration.pollInterval }
            guard deployments.isAwaited else { return nil }
            // Changes of owners are rare and come together, and a look isn't free for a file where nothing else happens.
            return deployments.patience(upTo: configuration.pollInterval * (deployments.hasRungLately ? 2 : 3.5))
        }

        private var isAwaited: Bool { bell.isAwaited || deployments.isAwaited }

        private func lookForOthersCommits() {
            do {
                let version = try connection.statement(Self.dataVersion).first { $0.integer(0) } ?? 0
                let (hasChanged, hasCommitted) = seen.withLock { seen in
                    defer { (seen.others, seen.hasCommitted) = (version, false) }
                    return (seen.others != version, seen.hasCommitted)
                }
                if hasChanged { bell.ring() }
                if hasChanged || hasCommitted { try lookForDeployments() }
            } catch {
                // Who waits looks for itself, and meets the error there.
                bell.ring()
                deployments.ring()
            }
        }

        /// Leases that are only prolonged are no news to anybody.
        private func lookForDeployments() throws {
            let versions = try connection.statement(Self.deploymentVersions).first { $0.integer(0) } ?? 0
            let hasChanged = seen.withLock { seen in
                defer { seen.deployments = versions }
                return seen.deployments != versions
            }
            if hasChanged { deployments.ring() }
        }

        /// The log is written back into the file, as far as nobody else reads it, and the file let go of.
        func close() {
            damage.close(connection) {
                // Without it nothing is lost, the next one to open the file has more to read: a failure is none of anybody's.
                // Nobody is waited for, since meanwhile no other process could write.
                _ = try? connection.execute("PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)")
            }
        }

        /// Commits jobs in one transaction, or tells each why not; none once the file has been found damaged.
        func commit(_ jobs: ArraySlice<WriteJob>) {
            if let error = damage.error {
                for job in jobs { job.failed(error) }
                return
            }
            do {
                let appendsEvents = try transact(jobs)
                if appendsEvents { bell.ring() }
                seen.withLock { $0.hasCommitted = true }
                if deployments.isAwaited { lookForOthersCommits() }
            } catch {
                rollBack()
                let error = storeError(error)
                for job in jobs { job.failed(error) }
            }
        }

        /// Runs the jobs and answers them; throws when nothing of any is committed.
        ///
        /// - Returns: whether there were journal events among it.
        private func transact(_ jobs: ArraySlice<WriteJob>) throws -> Bool {
            let transaction = WriteTransaction(connection, hasSavepoints: false, journalSlots: journalSlots)
            do {
                try connection.statement(Self.begin).run()
                for job in jobs {
                    try job.run(in: transaction)
                    try transaction.check()
                }
            } catch let error as SQLiteError where error.endsTransaction {
                throw error
            } catch {
                // One of them has thrown, perhaps half-way: each for itself, then.
                try transaction.checkGoesOn()
                rollBack()
                return try transactOneByOne(jobs)
            }
            try connection.statement(Self.commit).run()
            count(jobs)
            for job in jobs { job.committed() }
            return transaction.appendsEvents
        }

        private func transactOneByOne(_ jobs: ArraySlice<WriteJob>) throws -> Bool {
            let transaction = WriteTransaction(connection, hasSavepoints: true, journalSlots: journalSlots)
            var failures: [Int: any Error] = [:]
            try connection.statement(Self.begin).run()
            for place in jobs.indices {
                try connection.statement(Self.savepoint).run()
                do {
                    try jobs[place].run(in: transaction)
                    try transaction.check()
                } catch {
                    if let error = error as? SQLiteError, error.endsTransaction { throw error }
                    try transaction.checkGoesOn()
                    try connection.statement(Self.rollBackToSavepoint).run()
                    transaction.forgetNotes()
                    failures[place] = error
                }
                try connection.statement(Self.release).run()
            }
            try connection.statement(Self.commit).run()
            count(jobs)
            for place in jobs.indices {
                if let error = failures[place] {
                    jobs[place].failed(storeError(error))
                } else {
                    jobs[place].committed()
                }
            }
            return transaction.appendsEvents
        }

        /// Before they are answered, so that whoever has an answer finds it counted.
        private func count(_ jobs: ArraySlice<WriteJob>) {
            counts.withLock { counts in
                counts.transactions += 1
                counts.jobs += jobs.count
                counts.weight += jobs.reduce(0) { $0 + $1.weight }
            }
        }

        private func rollBack() {
            guard connection.isInTransaction else { return }
            do {
                try connection.statement(Self.rollBackAll).run()
            } catch {
                // Damage may be told once more when the transaction is ended all the same.
                if !connection.isInTransaction { return }
                preconditionFailure("SQLite doesn't end a transaction: \(error)")
            }
        }

        private func storeError(_ error: any Error) -> any Error {
            guard let error = error as? SQLiteError else { return error }
            return damage.judge(error, path: connection.path, busyTimeout: configuration.busyTimeout)
        }

        private static let dataVersion = SQLiteStatement("PRAGMA data_version")
        private static let deploymentVersions = SQLiteStatement(
            "SELECT coalesce(sum(version), 0) FROM millrace_deployment")
        private static let begin = SQLiteStatement("BEGIN IMMEDIATE")
        private static let commit = SQLiteStatement("COMMIT")
        private static let rollBackAll = SQLiteStatement("ROLLBACK")
        private static let savepoint = SQLiteStatement("SAVEPOINT job")
        private static let release = SQLiteStatement("RELEASE job")
        private static let rollBackToSavepoint = SQLiteStatement("ROLLBACK TO job")
    }

    /// What a writer has committed.
    package struct WriterCounts: Sendable {
        package var transactions = 0
        package var jobs = 0
        /// Outcomes and appends, and one for whatever else was written.
        package var weight = 0
    }
#endif
