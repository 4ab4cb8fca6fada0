#if SQLite
    import ActorProcessing
    import Sharding

    /// Where a store's work is done: one thread that writes, and some that read; or, in a simulated run, the callers' own.
    final class StoreThreads: Sendable {
        private let path: String
        private let writes = JobQueue<WriteJob>()
        private let reads: ReadQueue
        private let callersWork: CallersWork?
        /// Kept when a thread has ended.
        private let ends: [Promise<Void>]

        /// Takes connections over and starts their threads.
        init(
            writer: Writer, readers: [Reader], path: String, runsOnCallersThreads: Bool
        ) throws(RuntimeError) {
            self.path = path
            if runsOnCallersThreads {
                callersWork = CallersWork(writer: writer, reader: readers[0], path: path)
                reads = ReadQueue(readers: 0)
                ends = []
                return
            }
            callersWork = nil
            reads = ReadQueue(readers: readers.count)
            ends = (0...readers.count).map { _ in Promise() }
            let (writes, reads, writerEnd) = (writes, reads, ends[0])
            do {
                for ((place, reader), end) in zip(readers.enumerated(), ends.dropFirst()) {
                    try SystemThread.start {
                        reader.run(reads, place: place)
                        end.keep(.success(()))
                    }
                }
                try SystemThread.start {
                    writer.run(writes)
                    writerEnd.keep(.success(()))
                }
            } catch {
                reads.close()
                throw error
            }
        }

        deinit { closeQueues() }

        private func closeQueues() {
            writes.close()
            reads.close()
        }

        /// Nothing more is accepted; returns when what was is done and the threads have ended.
        func close() async throws {
            closeQueues()
            callersWork?.close()
            for end in ends { try await end.value }
        }

        /// Somebody waits for what other processes write.
        func lookOut() { writes.poke() }

        /// Has `body` write in a transaction that it shares with others; it may be run more than once.
        ///
        /// - Parameter weight: how many outcomes or appends it stands for.
        func write<Value: Sendable>(
            weight: Int = 1, _ body: @escaping @Sendable (WriteTransaction) throws -> Value
        ) async throws -> Value {
            if let callersWork { return try callersWork.write(body) }
            return try await withCheckedThrowingContinuation { continuation in
                let job = AwaitedWriteJob(weight: weight, body: body) { continuation.resume(with: $0) }
                if !writes.add(job) { continuation.resume(throwing: StoreError(closed: path)) }
            }
        }

        /// Has `body` read one state of the file.
        ///
        /// - Parameter asker: who wants to read; what the user reads may take long.
        func read<Value: Sendable>(
            for asker: ReadQueue.Asker = .store, _ body: @escaping @Sendable (Connection) throws -> Value
        ) async throws -> Value {
            if let callersWork { return try callersWork.read(body) }
            return try await withCheckedThrowingContinuation { continuation in
                let isAccepted = reads.add(for: asker) { reader in continuation.resume(with: reader.read(body)) }
                if !isAccepted { continuation.resume(throwing: StoreError(closed: path)) }
            }
        }
    }
#endif
