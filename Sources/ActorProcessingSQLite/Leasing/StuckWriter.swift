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
            /// Nobody may be ended before this has passed.
            case early(Duration)
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
                let process = SystemProcess(running: number), let stuck = try lapsedHolder(process),
                let activity = process.activity
            else { return .innocent }
            guard stuck.lapsed > patience else { return .early(patience - stuck.lapsed + .milliseconds(1)) }
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

        /// What a process has leased, and for how long all of it has lapsed; negative when some of it hasn't. `nil` when it isn't
        /// certain what it has.
        private func lapsedHolder(_ process: SystemProcess) throws -> StuckHolder? {
            let now = owners.clock.now()
            var epochs: [Fence.Scope: UInt64] = [:]
            var lapsed = Duration.nanoseconds(Int64.max)
            let statement = try connection.statement(Self.leases)
            statement.bind(Int64(process.number), at: 1)
            statement.bind(process.start, at: 2)
            var isCertain = process.start > 0
            try statement.forEachRow { row in
                let end = RuntimeInstant(nanoseconds: row.integer(4))
                lapsed = min(lapsed, end.duration(to: now))
                epochs[Fence.Scope(deployment: row.text(0), process: row.text(1))] = UInt64(bitPattern: row.integer(5))
                let isLeased = row.integer(2) == StoredScope.Tenure.leased.rawValue
                if !isLeased || row.text(3) != owners.clock.boot { isCertain = false }
            }
            guard isCertain, !epochs.isEmpty else { return nil }
            return StuckHolder(process: process.number, epochs: epochs, lapsed: lapsed)
        }

        private func awaitEnd(_ handle: Int32) {
            var request = pollfd(fd: handle, events: Int16(POLLIN), revents: 0)
            let milliseconds = Int32(clamping: patience.wholeNanoseconds / 1_000_000 + 1)
            // Should it take longer, whoever wants to write finds that out.
            _ = unsafe poll(&request, 1, milliseconds)
        }

        private static let leases = SQLiteStatement(
            """
            SELECT r.name, s.partition, s.tenure, s.boot, s.expires, s.epoch FROM millrace_scope s
            JOIN millrace_reactor r ON r.id = s.reactor
            WHERE s.process = ? AND s.process_start = ? AND s.tenure <> \(StoredScope.Tenure.free.rawValue)
            """)
    }
#endif
