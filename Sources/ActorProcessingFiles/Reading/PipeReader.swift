#if Files
    import ActorProcessing
    import Synchronization

    /// A turn at reading what can be read only once. Readers of the same pipe share one thread and what it has read ahead.
    final class PipeReader: PartitionReader {
        private let source: FileSource
        private let shared: FileReader
        private let claim: Mutex<FeedPosition?>

        /// - Parameter position: where to go on: where the reader before this one has ended, or the beginning.
        init(_ source: FileSource, shared: FileReader, from position: FeedPosition?) {
            self.source = source
            self.shared = shared
            claim = Mutex(position ?? .start)
        }

        func next(upTo limit: ReadLimit) async throws -> FeedReading {
            if let position = claim.withLock({ $0 }) {
                try shared.startOnce(from: position)
                let reached = shared.queue.handedOver
                guard reached == position else {
                    throw FileFeedError(
                        .cannotGoBack, source.description,
                        "it has been read up to \(reached) and can't be read from \(position) again: write it to a file, and read that"
                    )
                }
                claim.withLock { $0 = nil }
            }
            return try await shared.next(upTo: limit)
        }

        /// The position behind what has been read so far: nobody knows what else a pipe holds.
        func tail() async throws -> FeedPosition { shared.queue.filled }
    }
#endif
