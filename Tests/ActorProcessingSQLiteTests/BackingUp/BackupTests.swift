#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Foundation
    import Synchronization
    import Testing

    private final class Steps: Sendable {
        let list = Mutex<[SQLiteStore.BackupProgress]>([])
    }

    private final class TaskHolder: Sendable {
        let task = Mutex<Task<Void, any Error>?>(nil)
    }

    @Suite("Backups", .serialized)
    struct BackupTests {
        let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        private func events(_ range: Range<Int>) -> [NewEvent] {
            range.map { NewEvent(type: "Happened", data: [UInt8](repeating: UInt8($0 % 256), count: 400), id: "\($0)") }
        }

        @Test("a copy holds one state of the file, made while it is written", .timeLimit(.minutes(10)))
        func whileWriting() async throws {
            let store = try await SQLiteStore(folder("store.sqlite"))
            let stream = try StreamName("Order-1")
            let copy = folder("copy.sqlite")
            try await store.journal.append(events(0..<20_000), to: stream, expected: .none)
            let steps = Steps()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for number in 20..<40 {
                        try await store.journal.append(
                            events(number * 1000..<(number + 1) * 1000), to: stream,
                            expected: .exact(Int64(number) * 1000))
                    }
                }
                group.addTask { try await store.backUp(to: copy) { step in steps.list.withLock { $0.append(step) } } }
                try await group.waitForAll()
            }
            let found = steps.list.withLock { $0 }
            #expect(!found.isEmpty)
            #expect(found.allSatisfy { $0.copiedPages <= $0.totalPages })
            #expect(!FileManager.default.fileExists(atPath: copy + ".incomplete"))
            let opened = try await SQLiteStore(copy)
            let end = try await opened.journal.end().value
            #expect((20_000...40_000).contains(end) && end.isMultiple(of: 1000))
            let batch = try await opened.journal.events(of: stream, upTo: .init(events: .max, bytes: .max))
            #expect(batch.count == Int(end))
            #expect(batch[batch.count - 1].id == "\(end - 1)")
        }

        @Test("a copy isn't put beside another file's log, nor over the store by another name")
        func refusing() async throws {
            let store = try await SQLiteStore(folder("store.sqlite"))
            let (copy, link) = (folder("copy.sqlite"), folder("link.sqlite"))
            try await store.backUp(to: copy)
            let opened = try await SQLiteStore(copy)
            try await opened.journal.append(events(0..<1), to: try StreamName("Order-1"), expected: .none)
            let error = await #expect(throws: StoreError.self) { try await store.backUp(to: copy) }
            #expect(error?.code == .inaccessible)
            #expect(error?.message.contains("\(copy) is in use") == true, "\(String(describing: error))")
            #expect(try await opened.journal.end().value == 1)
            try await opened.close()
            try await store.backUp(to: copy)
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder("store.sqlite"))
            let itself = await #expect(throws: StoreError.self) { try await store.backUp(to: link) }
            #expect(itself?.message.contains("onto itself") == true, "\(String(describing: itself))")
            try await store.close()
        }

        @Test("a copy replaces the one before, and a failed one leaves it")
        func replacing() async throws {
            let store = try await SQLiteStore(folder("store.sqlite"))
            let copy = folder("copy.sqlite")
            try await store.journal.append(events(0..<1), to: try StreamName("Order-1"), expected: .none)
            try await store.backUp(to: copy)
            try await store.journal.append(events(1..<2), to: try StreamName("Order-1"), expected: .any)
            try await store.backUp(to: copy)
            #expect(try await SQLiteStore(copy).journal.end().value == 2)
            await #expect(throws: StoreError.self) { try await store.backUp(to: folder("no such folder/copy.sqlite")) }
            await #expect(throws: StoreError.self) { try await store.backUp(to: store.path) }
        }

        @Test("a cancelled backup leaves nothing behind", .timeLimit(.minutes(10)))
        func cancelling() async throws {
            let store = try await SQLiteStore(folder("store.sqlite"))
            let copy = folder("copy.sqlite")
            try await store.journal.append(events(0..<20_000), to: try StreamName("Order-1"), expected: .none)
            let holder = TaskHolder()
            holder.task.withLock { task in
                // The first step cancels the task that the backup is made by.
                task = Task { try await store.backUp(to: copy) { _ in holder.task.withLock { $0?.cancel() } } }
            }
            let running = holder.task.withLock { $0 }
            await #expect(throws: CancellationError.self) { try await running?.value }
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(left.filter { $0.contains("copy") } == [])
        }
    }
#endif
