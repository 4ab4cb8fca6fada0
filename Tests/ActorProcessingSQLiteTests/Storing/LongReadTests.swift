#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Dispatch
    import Sharding
    import Testing

    @Suite("A read of the user's that takes long", .timeLimit(.minutes(10)))
    struct LongReadTests {
        private let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        private func store(readers: Int) async throws -> SQLiteStore {
            var configuration = SQLiteConfiguration()
            configuration.readers = readers
            return try await SQLiteStore(folder("store.sqlite"), configuration: configuration)
        }

        @Test(arguments: [2, 3])
        func `keeps no load of a reactor's from being answered`(readers: Int) async throws {
            let store = try await store(readers: readers)
            let query = StreamQuery([Outcomes.stream(1)])
            for _ in 0..<10 {
                let gate = DispatchSemaphore(value: 0)
                // One is at work at least, and all of the others wait or are at work as well.
                let count = readers + 2
                let begun = Promise<Void>()
                try await withTaskCancellationHandler {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for _ in 0..<count {
                            group.addTask {
                                try await store.read { _ in
                                    begun.keep(.success(()))
                                    gate.wait()
                                }
                            }
                        }
                        try await begun.value
                        for _ in 0..<10 {
                            #expect(try await store.load(query, reactor: "r").count == 1)
                            #expect(try await store.parkedStreams(reactor: "r").isEmpty)
                            #expect(try await store.journal.end() == .start)
                        }
                        for _ in 0..<count { gate.signal() }
                        try await group.waitForAll()
                    }
                } onCancel: {
                    for _ in 0..<count { gate.signal() }
                }
            }
            try await store.close()
        }

        @Test(arguments: [1, 2, 5])
        func `is done among many others, by however many readers`(readers: Int) async throws {
            let store = try await store(readers: readers)
            let query = StreamQuery([Outcomes.stream(1)])
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        if number % 2 == 0 { return try await store.load(query, reactor: "r").count }
                        return try await store.read { try $0.value("SELECT 1", as: Int.self) } ?? 0
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == 200)
            try await store.close()
            let error = await #expect(throws: StoreError.self) { try await store.read { _ in } }
            #expect(error?.code == .inaccessible)
        }

        @Test func `is finished before the store is closed`() async throws {
            let store = try await store(readers: 2)
            let gate = DispatchSemaphore(value: 0)
            let begun = Promise<Void>()
            async let long = store.read { _ in
                begun.keep(.success(()))
                gate.wait()
                return 1
            }
            try await begun.value
            async let next = store.read { _ in 2 }
            async let closed: Void = store.close()
            gate.signal()
            #expect(try await long == 1)
            // It was accepted before, or refused: either way it is answered.
            if let found = try? await next { #expect(found == 2) }
            try await closed
        }
    }
#endif
