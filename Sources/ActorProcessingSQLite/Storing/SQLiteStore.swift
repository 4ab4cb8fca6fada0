#if SQLite
    import ActorProcessing
    public import Sharding
    import Synchronization

    /// A store in one SQLite file: all that reactors keep, and the user's own tables beside it.
    ///
    /// Outcomes with their view writes, checkpoints, snapshots, the parking lot and what is to leave share the file and, within an
    /// outcome, the transaction: after a crash all of it stands at the same event. Several processes may open the file; each
    /// partition of a reactor has one owner at a time.
    ///
    /// The file belongs on a local disk: its write-ahead log needs memory that the processes share, which network file systems
    /// don't offer. Beside it SQLite keeps `PATH-wal` and `PATH-shm` while it is open: copy the file with ``backUp(to:progress:)``.
    public final class SQLiteStore: Sendable {
        /// Where the file is.
        public let path: String
        let configuration: SQLiteConfiguration
        let threads: StoreThreads
        /// Numbers for streams that the file doesn't know yet.
        let streamNumbers = Mutex<Range<Int64>>(0..<0)
        let writer: Writer
        let owners: Owners
        let journalBell: JournalBell
        let deploymentBell: DeploymentBell
        let knownOffers = KnownOffers()
        let stuckWatch = StuckWatch()
        let journalSlots: Int

        /// Opens a file, or makes it; brings its tables up to date.
        ///
        /// - Throws: `StoreError`: `StoreError.Code.corrupted` when the file isn't sound,
        ///   `StoreError.Code.incompatible` when a newer program has written it, `StoreError.Code.inaccessible` when it can't be
        ///   opened for writing, `StoreError.Code.unavailable` when another process keeps it locked. Nothing is changed then.
        public convenience init(_ path: String, configuration: SQLiteConfiguration = SQLiteConfiguration()) async throws
        {
            try configuration.check()
            let opened = try await Self.onThread(configuration) { try OpenedFile(path, configuration) }
            try self.init(opened, path: path, configuration: configuration)
        }

        private init(_ file: OpenedFile, path: String, configuration: SQLiteConfiguration) throws {
            self.path = path
            self.configuration = configuration
            owners = Owners(
                locks: file.ownerLocks, clock: configuration.leaseClock, process: SystemProcess.current)
            journalSlots = file.journalSlots
            journalBell = JournalBell()
            deploymentBell = DeploymentBell()
            let damage = Damage()
            writer = Writer(
                file.writer, configuration: configuration, journalSlots: journalSlots, bell: journalBell,
                deployments: deploymentBell, damage: damage)
            threads = try StoreThreads(
                writer: writer,
                readers: file.readers.map { Reader($0, busyTimeout: configuration.busyTimeout, damage: damage) },
                path: path,
                runsOnCallersThreads: configuration.runsOnCallersThreads)
        }

        private static func onThread<Value: Sendable>(
            _ configuration: SQLiteConfiguration, _ body: @escaping @Sendable () throws -> Value
        ) async throws -> Value {
            configuration.runsOnCallersThreads ? try body() : try await SystemThread.run(body)
        }

        /// Finishes what has been asked for, and closes the file. What is asked later is refused, and what the store owned is free.
        ///
        /// A store that is let go of without it does the same in its own time.
        public func close() async throws {
            // Not to be cut short when the caller is cancelled: what was asked for is done, and what was owned given free.
            try await Task { [threads] in try await threads.close() }.value
            journalBell.ring()
            deploymentBell.ring()
            owners.locks.letGo()
        }

        /// Reads the user's own tables, and any of the store's, in one state of the file.
        ///
        /// Runs on one of the store's reading threads, whatever is being written meanwhile. Statements that write fail. A read
        /// that takes long delays no reactor, as long as there are two readers or more (``SQLiteConfiguration/readers``).
        /// - Throws: `StoreError`, of code `StoreError.Code.statementFailed` when SQLite refuses a statement; what `body`
        ///   throws.
        public func read<Value: Sendable>(
            _ body: @escaping @Sendable (SQLiteTransaction) throws -> Value
        ) async throws -> Value {
            try await threads.read(for: .user) { try body(SQLiteTransaction(reading: $0)) }
        }

        /// Reads for the store itself: never behind what the user reads, which may take long.
        func readOwn<Value: Sendable>(
            _ body: @escaping @Sendable (SQLiteTransaction) throws -> Value
        ) async throws -> Value {
            try await threads.read { try body(SQLiteTransaction(reading: $0)) }
        }

        /// Writes the user's own tables in a transaction of the store's writer, shared with whatever else is being committed.
        ///
        /// When `body` throws, nothing that it has written stays. It may be run more than once, and only what the last run does
        /// counts.
        /// - Throws: `StoreError`, of code `StoreError.Code.statementFailed` when SQLite refuses a statement; what `body`
        ///   throws.
        @discardableResult
        public func write<Value: Sendable>(
            _ body: @escaping @Sendable (SQLiteTransaction) throws -> Value
        ) async throws -> Value {
            try await threads.write { try body(SQLiteTransaction($0)) }
        }

        /// Writes the user's own tables under a fence, as outcomes are: only while nobody else has its scope.
        ///
        /// For what isn't a reactor: a process of a deployment that keeps its results here. The fence is checked in the
        /// transaction that writes, so that of two who believe that they have the scope one can't.
        /// - Throws: `StoreError` of code `StoreError.Code.staleFence` when ownership has passed on; `body` isn't run then.
        @discardableResult
        public func write<Value: Sendable>(
            under fence: Fence, _ body: @escaping @Sendable (SQLiteTransaction) throws -> Value
        ) async throws -> Value {
            try await threads.write { transaction in
                try transaction.admit(fence)
                return try body(SQLiteTransaction(transaction))
            }
        }
    }
#endif
