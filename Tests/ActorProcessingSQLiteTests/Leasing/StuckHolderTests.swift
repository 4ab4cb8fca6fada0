#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Sharding
    import Supervision
    import Synchronization
    import Testing

    @testable import crash_probe

    /// A process that is stopped in the middle of a write keeps everybody else from writing.
    @Suite("a holder that is stopped while it writes", .serialized, .timeLimit(.minutes(10)))
    struct StuckHolderTests {
        private let folder: TemporaryFolder
        private let path: String
        private let told = Told()

        private final class Told: Sendable {
            let holders = Mutex<[StuckHolder]>([])
        }

        init() throws {
            folder = try TemporaryFolder()
            path = folder("store.sqlite")
        }

        /// A process that is stuck within its transaction.
        private func startStuck(
            ttl: Duration, isOwner: Bool = false, manner: StuckProbe.Manner = .stop
        ) async throws -> ProbeProcess {
            let probe = StuckProbe(state: path, ttl: ttl, isOwner: isOwner, manner: manner)
            let process = try ProbeProcess(probe.arguments)
            #expect(try await process.read(1) == "s")
            // It has said so just before; what is told to go on too early would stop after all.
            if manner == .stop { try await process.waitUntilStopped() }
            return process
        }

        private func store(endsStuckHolders: Bool = true) async throws -> SQLiteStore {
            var configuration = SQLiteConfiguration()
            configuration.busyTimeout = .milliseconds(200)
            configuration.endsStuckHolders = endsStuckHolders
            configuration.stuckHolderEnded = { [told] holder in told.holders.withLock { $0.append(holder) } }
            return try await SQLiteStore(path, configuration: configuration)
        }

        private func acquire(_ store: SQLiteStore) async throws -> LeaseAnswer {
            try await store.acquire(
                [StuckProbe.scope], for: LeaseHolder(node: "next", incarnation: 1), ttl: .seconds(60))[0]
        }

        /// Tries again while the other isn't thought to be stuck: threads of its runtime may have been at work between two looks.
        private func acquireInTheEnd(_ store: SQLiteStore) async throws -> LeaseAnswer {
            while true {
                do {
                    return try await acquire(store)
                } catch let error as StoreError where error.code == .unavailable {
                    try Task.checkCancellation()
                }
            }
        }

        private func expectLockedOut(_ store: SQLiteStore) async {
            let error = await #expect(throws: StoreError.self) { try await acquire(store) }
            #expect(error?.code == .unavailable, "\(String(describing: error))")
        }

        @Test func `it is killed when its lease has lapsed, and the next one has the lease`() async throws {
            let store = try await store()
            let process = try await startStuck(ttl: .milliseconds(1))
            let answer = try await acquire(store)
            guard case .granted(let fence) = answer else {
                process.kill()
                return try #require(Bool(false), "\(answer)")
            }
            #expect(try await process.end() == .killed)
            let holders = told.holders.withLock { $0 }
            #expect(holders.map(\.process) == [process.number])
            #expect(holders.map(\.scopes) == [[StuckProbe.scope]])
            #expect(holders[0].lapsed > .milliseconds(200))
            #expect(holders[0].description.contains("process \(process.number) was killed"))
            // Nothing of what it was about to write is there.
            let tables = try await store.write(under: fence) { transaction in
                try transaction.value("SELECT count(*) FROM sqlite_schema WHERE name = 'probe'", as: Int.self)
            }
            #expect(tables == 0)
            #expect(try await store.leases(of: "probe").map(\.origin) == [.lapsed(node: "probe")])
            let epochs = try await store.epochs(of: "probe")
            #expect(epochs[0].owner == "probe (process \(process.number)), killed when it was stuck in a write")
            #expect(OwnershipAudit(epochs).findings == [])
            try await store.close()
        }

        // The thread sanitizer has a thread of its own, which never rests.
        #if !MILLRACE_TSAN
            @Test func `one that only hangs is killed when it does so still a while later`() async throws {
                let store = try await store()
                let process = try await startStuck(ttl: .milliseconds(1), manner: .hang)
                guard case .granted = try await acquireInTheEnd(store) else {
                    process.kill()
                    return try #require(Bool(false), "the lease is held")
                }
                #expect(try await process.end() == .killed)
                #expect(told.holders.withLock { $0.map(\.process) } == [process.number])
                try await store.close()
            }
        #endif

        @Test func `a lease that is about to lapse is waited for`() async throws {
            let store = try await store()
            let process = try await startStuck(ttl: .seconds(1))
            // Locked out long before; whoever asks next would wait all of the busy timeout anew.
            guard case .granted = try await acquire(store) else {
                process.kill()
                return try #require(Bool(false), "the lease is held")
            }
            #expect(try await process.end() == .killed)
            try await store.close()
        }

        #if !MILLRACE_TSAN
            @Test func `a deployment takes over from one that hangs, with less patience than a look takes`()
                async throws
            {
                let store = try await store()
                let process = try await startStuck(ttl: .milliseconds(1), manner: .hang)
                let (started, start) = AsyncStream<UInt64>.makeStream()
                var configuration = DistributedProcessingConfiguration()
                configuration.ttl = .seconds(1)
                let node = DistributedProcessing(
                    name: StuckProbe.scope.deployment, node: "next", store: store,
                    processes: [
                        DistributedProcess(name: StuckProbe.scope.process) { lease, stop in
                            start.yield(lease.fence.epoch)
                            try await stop.wait()
                        }
                    ], configuration: configuration, runtime: .live(shards: 1))
                async let end: Void = node.run()
                for await epoch in started {
                    #expect(epoch > 1)
                    break
                }
                #expect(try await process.end() == .killed)
                try await node.stop()
                try await end
                let epochs = try await store.epochs(of: StuckProbe.scope.deployment)
                let killed = epochs.filter { $0.owner.contains("killed") }
                #expect(killed.map(\.node) == ["probe"])
                #expect(OwnershipAudit(epochs).findings == [])
                try await store.close()
            }
        #endif

        @Test func `one that is at work is left alone`() async throws {
            let store = try await store()
            let process = try await startStuck(ttl: .milliseconds(1), manner: .work)
            await expectLockedOut(store)
            process.say("e")
            #expect(try await process.end() == .finished)
            #expect(told.holders.withLock { $0 }.isEmpty)
            try await store.close()
        }

        @Test func `who starts while another is stuck opens the file, and has it ended`() async throws {
            try await store().close()
            let process = try await startStuck(ttl: .milliseconds(1))
            let store = try await store()
            guard case .granted = try await acquire(store) else {
                process.kill()
                return try #require(Bool(false), "the lease is held")
            }
            #expect(try await process.end() == .killed)
            try await store.close()
        }

        @Test func `it is left alone while its lease runs`() async throws {
            let store = try await store()
            let process = try await startStuck(ttl: .seconds(3600))
            await expectLockedOut(store)
            await expectLockedOut(store)
            process.goOn()
            #expect(try await process.end() == .finished)
            guard case .held = try await acquire(store) else { return try #require(Bool(false), "the lease is free") }
            #expect(told.holders.withLock { $0 }.isEmpty)
            try await store.close()
        }

        @Test func `it is left alone while it owns something without a lease`() async throws {
            let store = try await store()
            let process = try await startStuck(ttl: .milliseconds(1), isOwner: true)
            await expectLockedOut(store)
            await expectLockedOut(store)
            process.goOn()
            #expect(try await process.end() == .finished)
            #expect(told.holders.withLock { $0 }.isEmpty)
            try await store.close()
        }

        @Test func `it is left alone when that isn't wanted`() async throws {
            let store = try await store(endsStuckHolders: false)
            let process = try await startStuck(ttl: .milliseconds(1))
            await expectLockedOut(store)
            process.goOn()
            #expect(try await process.end() == .finished)
            try await store.close()
        }

        @Test func `this process is never killed`() async throws {
            let store = try await store()
            let other = try await SQLiteStore(path)
            _ = try await other.acquire(
                [StuckProbe.scope], for: LeaseHolder(node: "probe", incarnation: 1), ttl: .nanoseconds(1))
            let locked = try RawConnection(path)
            try locked.execute("BEGIN IMMEDIATE")
            await expectLockedOut(store)
            try locked.execute("ROLLBACK")
            guard case .granted = try await acquire(store) else { return try #require(Bool(false), "it is held") }
            try await store.close()
            try await other.close()
        }
    }
#endif
