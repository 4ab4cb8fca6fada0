#if Files
    import ActorProcessing
    import Sharding
    import Synchronization

    /// Reads one file on a thread of its own, which starts when something is first asked for.
    final class FileReader: PartitionReader {
        /// What the thread does: fill the queue from a position on, until the file ends or nobody asks any more.
        typealias Work = @Sendable (BatchQueue, FeedPosition) throws -> Void

        let queue: BatchQueue
        private let work: Work
        private let findTail: @Sendable () throws -> FeedPosition
        private let start: Mutex<FeedPosition?>

        /// - Parameters:
        ///   - position: where to read from.
        ///   - work: the body of the thread; what it throws the reader throws behind the last batch.
        ///   - findTail: finds the place behind the last event; called on a thread of its own.
        init(
            _ source: FileSource, from position: FeedPosition, work: @escaping Work,
            findTail: @escaping @Sendable () throws -> FeedPosition
        ) throws(FileFeedError) {
            queue = try BatchQueue(source: source)
            self.work = work
            self.findTail = findTail
            start = Mutex(position)
        }

        deinit { queue.close() }

        func next(upTo limit: ReadLimit) async throws -> FeedReading {
            try startOnce(from: nil)
            return try await queue.next(upTo: limit)
        }

        func tail() async throws -> FeedPosition {
            let findTail = findTail
            return try await SystemThread.run { try findTail() }
        }

        /// Starts the thread, unless it has been started before.
        ///
        /// - Parameter other: where to read from, if not where the reader was told first.
        func startOnce(from other: FeedPosition?) throws(FileFeedError) {
            let position = start.withLock { start in
                defer { start = nil }
                return start.map { other ?? $0 }
            }
            guard let position else { return }
            queue.began(at: position)
            // The thread holds the queue alone: when the reader goes, the queue is closed and the thread ends.
            let (queue, work) = (queue, work)
            do {
                try SystemThread.start { queue.ended(Result { try work(queue, position) }) }
            } catch {
                start.withLock { $0 = position }
                throw FileFeedError(.thread, "file feed", error.message)
            }
        }
    }
#endif
