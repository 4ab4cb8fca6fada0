#if SQLite
    import CSQLite
    import Sharding
    import Supervision

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Finds the process that keeps everybody from writing, and ends it if all that it had leased has lapsed.
    ///
    /// Whatever isn't certain leaves it alone: who has the lock, whether it is the process that took the leases (its number may
    /// be another's by now), whether it owns something without a lease, which it may keep for as long as it lives, and whether it
    /// is stuck at all: it has been stopped, or has done nothing between two looks, neither computed nor written.
    struct StuckWriter {
        /// What there was to see of a process that may be stuck.
        struct Sighting: Sendable, Hashable {
            fileprivate let process: SystemProcess
            fileprivate let ticks: Int64
            /// The log's length and when it was written last.
            fileprivate let log: [Int]
        }

        enum Verdict: Sendable {
            /// Nobody may be ended.
            case innocent
            /// If it looks the same in a while, it is stuck.
            case suspect(Sighting)
            case ended(StuckHolder)
        }

        private let connection: Connection
        private let owners: Owners
        /// How long a lease must have lapsed, and how long the end of the process is waited for.
        private let patience: Duration

        /// - Parameter connection: one that reads, which nobody keeps from it.
        init(_ connection: Connection, _ owners: Owners, patience: Duration) {
            self.connection = connection
            self.owners = owners
            self.patience = patience
        }

        /// Ends the process that is in the way, if it may be ended and is stuck.
        ///
        /// - Parameter before: what there was to see a while ago.
        func end(seenBefore before: Sighting?) throws -> Verdict {
            guard let lock = WriteLock(of: connection), let number = lock.holder, number != owners.process.number,
                let process = SystemProcess(running: number), let stuck = try stuckHolder(process),
                let activity = process.activity
            else { return .innocent }
            let sighting = sighting(of: process, activity)
            // Who waits for a disk goes on when that does.
            guard activity.isStopped || before == sighting && activity.state != "D" else { return .suspect(sighting) }
            let handle = millrace_open_process(number)
            guard handle >= 0 else { return .innocent }
            defer { close(handle) }
            // From here on the number can't become another process's; it mustn't have become one before, nor have gone on.
            guard let now = process.activity, now.isStopped == activity.isStopped,
                self.sighting(of: process, now) == sighting, lock.holder == number, millrace_kill_process(handle) == 0
            else { return .innocent }
            awaitEnd(handle)
            return .ended(stuck)
        }

        private func sighting(of process: SystemProcess, _ activity: SystemProcess.Activity) -> Sighting {
            var status = stat()
            let isThere = unsafe stat(connection.fileName + "-wal", &status) == 0
            #if canImport(Darwin)
                let time = status.st_mtimespec
            #else
                let time = status.st_mtim
            #endif
            return Sighting(
                process: process, ticks: activity.ticks,
                log: isThere ? [Int(status.st_size), time.tv_sec, time.tv_nsec] : [])
        }

        /// What a process has leased, if all of it has lapsed.
        private func stuckHolder(_ process: SystemProcess) throws -> StuckHolder? {
            let now = owners.clock.now()
            var scopes: [Fence.Scope] = []
            var lapsed = Duration.nanoseconds(Int64.max)
            let statement = try connection.statement(Self.leases)
            statement.bind(Int64(process.number), at: 1)
            statement.bind(process.start, at: 2)
            var isCertain = process.start > 0
            try statement.forEachRow { row in
                let end = RuntimeInstant(nanoseconds: row.integer(4))
                lapsed = min(lapsed, end.duration(to: now))
                scopes.append(Fence.Scope(deployment: row.text(0), process: row.text(1)))
                let isLeased = row.integer(2) == StoredScope.Tenure.leased.rawValue
                if !isLeased || row.text(3) != owners.clock.boot { isCertain = false }
            }
            guard isCertain, !scopes.isEmpty, lapsed > patience else { return nil }
            return StuckHolder(process: process.number, scopes: scopes.sorted(), lapsed: lapsed)
        }

        private func awaitEnd(_ handle: Int32) {
            var request = pollfd(fd: handle, events: Int16(POLLIN), revents: 0)
            let milliseconds = Int32(clamping: patience.wholeNanoseconds / 1_000_000 + 1)
            // Should it take longer, whoever wants to write finds that out.
            _ = unsafe poll(&request, 1, milliseconds)
        }

        private static let leases = SQLiteStatement(
            """
            SELECT r.name, s.partition, s.tenure, s.boot, s.expires FROM millrace_scope s
            JOIN millrace_reactor r ON r.id = s.reactor
            WHERE s.process = ? AND s.process_start = ? AND s.tenure <> \(StoredScope.Tenure.free.rawValue)
            """)
    }
#endif
