#if SQLite
    import ActorProcessing

    /// How an ``SQLiteStore`` keeps its file.
    public struct SQLiteConfiguration: Sendable {
        /// When what was committed is on the disk. Whatever the level, a commit is whole or not there at all, and a process that
        /// is killed (also by `kill -9`) loses nothing that was committed.
        public enum Synchronous: String, Sendable, Hashable {
            /// Every group of commits is flushed to the disk before it is answered: what was committed outlives a power failure.
            case full = "FULL"
            /// The disk is flushed only now and then. After a power failure the file is sound, but the last commits may be gone,
            /// positions, views and checkpoints together: a feed that can be read again makes up for them; what was appended to
            /// the journal or sent outside meanwhile isn't known any more.
            case normal = "NORMAL"
            /// The system writes when it likes. A power failure may damage the file: for tests, and for what can be built anew.
            case off = "OFF"
        }

        /// What is looked at when the file is opened.
        public enum IntegrityCheck: Sendable, Hashable {
            /// Only that it is an SQLite file whose schema can be read.
            case none
            /// Every page, without comparing indexes to their tables: about a second for each gigabyte.
            case quick
            /// Everything: several times as long.
            case full
        }

        /// When what was committed is on the disk.
        public var synchronous = Synchronous.full
        /// What is looked at when the file is opened; it isn't opened unless it is sound.
        public var integrityCheck = IntegrityCheck.quick
        /// How long another process's lock is waited for before the caller is told that the store is unavailable.
        public var busyTimeout = Duration.seconds(5)
        /// The most outcomes and appends in one transaction; 1 or more. What comes while one is written shares the next: the
        /// larger it is, the less each costs, and the longer it waits.
        public var maximumGroup = 65_536
        /// How long the first of a group waits for others to share its transaction. Zero, the default, is best unless callers are
        /// few and the disk is slow.
        public var groupLinger = Duration.zero
        /// How many threads read beside the one that writes, 1 to 64. With two or more, one of them does nothing but what
        /// reactors and the journal need, so that they don't wait behind ``SQLiteStore/read(_:)``, however long that takes.
        public var readers = 2
        /// The memory for pages of each connection.
        public var cacheBytes = 64 << 20
        /// How much of the file readers map into memory.
        public var mappedBytes = 256 << 20
        /// The log's length, in pages of 4 KiB, from which on it is written back into the file: a page that many groups have
        /// changed is written back once.
        public var checkpointPages = 16_000
        /// How often other processes' appends are looked for while a reader of the journal waits; nodes that wait for changes of
        /// their deployment look half as often, and less while there are none.
        public var pollInterval = Duration.milliseconds(50)
        /// How many slots the journal's streams fall in, for a file that is new: the most partitions that can share its reading
        /// out. A number with many divisors is best.
        public var journalSlots = 64
        /// Whether a process is killed (`SIGKILL`) that keeps everybody from writing although all that it had leased lapsed longer
        /// than ``busyTimeout`` ago. It is looked for when a change of leases has waited for that long. Only what is known to be
        /// the process that took the leases is killed, and nothing that owns a reactor without a lease, or that goes on working.
        ///
        /// Without it, what a process had leased that was stopped in the middle of a write is free only when that one goes on
        /// or is ended by hand. Linux alone tells who has a lock; elsewhere nothing is killed.
        public var endsStuckHolders = true
        /// Is told of each process that was killed so, on any thread. By default it is said on standard error.
        public var stuckHolderEnded: @Sendable (StuckHolder) -> Void = { $0.complain() }
        /// The tables of the user's own, brought up to date when the file is opened.
        public var migrations: [SQLiteMigrations] = []
        /// Work is done on the callers' threads: for simulated runs, which take place on one.
        package var runsOnCallersThreads = false
        /// What leases lapse by.
        package var leaseClock = BootClock.system

        /// The defaults.
        public init() {}

        func check() throws(StoreError) {
            guard maximumGroup > 0, checkpointPages > 0, journalSlots > 0, (1...64).contains(readers) else {
                throw StoreError(
                    .inaccessible,
                    "maximumGroup, checkpointPages and journalSlots must be 1 or more, readers between 1 and 64")
            }
            guard cacheBytes >= 0, mappedBytes >= 0, busyTimeout >= .zero, groupLinger >= .zero, pollInterval > .zero
            else {
                throw StoreError(
                    .inaccessible,
                    "cacheBytes, mappedBytes, busyTimeout and groupLinger must not be negative, nor pollInterval zero")
            }
        }
    }

    /// The steps that bring the user's own tables from one version to the next.
    ///
    /// Each runs once, in the order given, in a transaction of its own together with the record of it. Add steps at the end; don't
    /// change one that has run anywhere.
    public struct SQLiteMigrations: Sendable {
        /// Whose tables these are; names that begin with `millrace` are the store's own.
        public var component: String
        /// The steps: each is one or several SQL statements.
        public var steps: [String]

        /// The steps for a component's tables.
        public init(component: String, steps: [String]) {
            self.component = component
            self.steps = steps
        }
    }
#endif
