#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Sharding
    import Testing

    @Suite("Commits that share transactions", .timeLimit(.minutes(10)))
    struct SharedTransactionTests {
        private let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        private struct Broken: Error {}

        /// - Parameter isPatient: whether the first of a group waits until there are as many as may share a transaction.
        private func store(maximumGroup: Int, isPatient: Bool = false) async throws -> SQLiteStore {
            var configuration = SQLiteConfiguration()
            configuration.maximumGroup = maximumGroup
            if isPatient { configuration.groupLinger = .seconds(600) }
            return try await SQLiteStore(folder("store.sqlite"), configuration: configuration)
        }

        /// Commits an outcome for each of these streams, all at once.
        ///
        /// - Returns: what each was told.
        private func commit(
            _ streams: Range<Int>, _ store: SQLiteStore, _ fence: Fence, failing: Int? = nil
        ) async throws -> [CommitReport] {
            try await withThrowingTaskGroup(of: (Int, CommitReport).self) { tasks in
                for number in streams {
                    let write: ViewWrite = { _ in if number == failing { throw Broken() } }
                    let group = OutcomeGroup(Outcomes.first(number..<number + 1, fence, write: write))
                    tasks.addTask { (number, try await store.commit(group, reactor: "r")) }
                }
                var reports = [CommitReport](repeating: .committed, count: streams.count)
                for try await (number, report) in tasks { reports[number - streams.lowerBound] = report }
                return reports
            }
        }

        @Test func `many commits are one transaction`() async throws {
            let other = try await store(maximumGroup: 40)
            let fence = try await other.takeOwnership(of: Outcomes.scope)
            let store = try await store(maximumGroup: 40, isPatient: true)
            let reports = try await commit(0..<40, store, fence)
            #expect(reports.allSatisfy { $0 == .committed })
            #expect(store.writerCounts.transactions == 1)
            #expect(store.writerCounts.jobs == 40)
            #expect(try await Outcomes.committed(0..<40, in: other) == Array(0..<40))
            try await store.close()
            try await other.close()
        }

        @Test func `one that fails is rejected, and the others in its transaction are committed`() async throws {
            let other = try await store(maximumGroup: 40)
            let fence = try await other.takeOwnership(of: Outcomes.scope)
            let store = try await store(maximumGroup: 40, isPatient: true)
            let reports = try await commit(0..<40, store, fence, failing: 17)
            for (number, report) in reports.enumerated() {
                let failure = CommitReport.Rejection(place: 0, reason: .viewWriteFailed("Broken()"))
                #expect(report == (number == 17 ? CommitReport(rejections: [failure]) : .committed))
            }
            #expect(store.writerCounts.transactions == 1)
            #expect(try await Outcomes.committed(0..<40, in: other) == (0..<40).filter { $0 != 17 })
            try await store.close()
            try await other.close()
        }

        /// What was done by half before the error would be committed with the rest.
        @Test func `an error of an append that the writer passes over leaves the journal whole`() async throws {
            let store = try await store(maximumGroup: 40)
            let stream = try StreamName("Order-1")
            let (known, fresh) = (NewEvent(type: "Known", id: "1"), NewEvent(type: "Fresh", id: "2"))
            try await store.write { _ = try $0.append([known], to: stream, expected: .any) }
            let refused = try await store.write { transaction in
                do {
                    try transaction.append([fresh, known], to: stream, expected: .any)
                    return false
                } catch {
                    return true
                }
            }
            #expect(refused)
            #expect(try await store.journal.end() == FeedPosition(1))
            try await store.journal.append([fresh], to: stream, expected: .any)
            #expect(try await store.journal.state(of: stream)?.nextIndex == 2)
            try await store.close()
        }

        @Test(arguments: [true, false])
        func `what is written after the transaction has been rolled back doesn't stay`(passesOver: Bool) async throws {
            let store = try await store(maximumGroup: 40)
            try await store.write { try $0.run("CREATE TABLE number (value INTEGER PRIMARY KEY)") }
            let error = await #expect(throws: StoreError.self) {
                try await store.write { transaction in
                    try transaction.run("INSERT INTO number VALUES (1)")
                    do {
                        try transaction.run("INSERT OR ROLLBACK INTO number VALUES (1)")
                    } catch {
                        guard passesOver else { throw Broken() }
                    }
                    try transaction.run("INSERT INTO number VALUES (2)")
                }
            }
            #expect(error?.code == .unavailable)
            #expect(error?.message.contains("was rolled back under way") == true, "\(String(describing: error))")
            let count = try await store.read { try $0.value("SELECT count(*) FROM number", as: Int.self) }
            #expect(count == 0)
            try await store.write { try $0.run("INSERT INTO number VALUES (1)") }
            try await store.close()
        }

        @Test func `no transaction has more than the most`() async throws {
            let store = try await store(maximumGroup: 8)
            let fence = try await store.takeOwnership(of: Outcomes.scope)
            var before = store.writerCounts
            #expect(try await commit(0..<40, store, fence).allSatisfy { $0 == .committed })
            #expect(store.writerCounts.transactions >= before.transactions + 5)
            #expect(store.writerCounts.weight == before.weight + 40)
            // A larger group comes in parts.
            before = store.writerCounts
            let group = OutcomeGroup(Outcomes.first(100..<120, fence))
            #expect(try await store.commit(group, reactor: "r") == .committed)
            #expect(store.writerCounts.transactions == before.transactions + 3)
            try await store.close()
        }

        @Test func `places in the journal are in the order of commits, without a gap at any time`() async throws {
            let store = try await SQLiteStore(folder("store.sqlite"))
            let (writers, appends) = (8, 25)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for writer in 0..<writers {
                    tasks.addTask {
                        var last = FeedPosition.start
                        for _ in 0..<appends {
                            let result = try await store.journal.append(
                                [NewEvent(type: "One"), NewEvent(type: "Two")], to: Outcomes.stream(writer),
                                expected: .any)
                            // What was answered before lies before.
                            #expect(result.position > last)
                            last = result.position
                        }
                    }
                }
                tasks.addTask { try await readAlong(store.journal, writers * appends * 2) }
                try await tasks.waitForAll()
            }
            try await store.close()
        }

        /// Reads while others append: whatever is seen, nothing comes before it later.
        private func readAlong(_ journal: SQLiteJournal, _ count: Int) async throws {
            var position = FeedPosition.start
            var next: [StreamName: Int64] = [:]
            while position.value < count {
                try await journal.waitForEvents(from: position)
                let page = try await journal.read(
                    JournalSelection(), from: position, upTo: ReadLimit(events: 7, bytes: 1 << 20))
                for row in 0..<page.events.count {
                    let event = page.events[row]
                    #expect(page.events.position(of: row) == position.value + Int64(row))
                    #expect(event.index == next[event.stream, default: 0])
                    next[event.stream] = event.index + 1
                }
                position = page.next
            }
        }
    }
#endif
