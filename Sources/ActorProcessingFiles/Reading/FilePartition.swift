#if Files
    import ActorProcessing
    import Synchronization

    /// The one partition of a feed over a file: a reader of its own for everybody, or turns at what can be read only once.
    final class FilePartition: Sendable {
        private let source: FileSource
        private let work: FileReader.Work
        private let findTail: @Sendable () throws -> FeedPosition
        private let pipe = Mutex<FileReader?>(nil)

        init(
            _ source: FileSource, work: @escaping FileReader.Work,
            findTail: @escaping @Sendable () throws -> FeedPosition
        ) {
            self.source = source
            self.work = work
            self.findTail = findTail
        }

        var isRepeatable: Bool { !source.isReadOnce }

        func reader(from position: FeedPosition?) throws -> any PartitionReader {
            guard source.isReadOnce else { return try makeReader(from: position ?? .start) }
            let shared = try pipe.withLock { pipe in
                if let pipe { return pipe }
                let made = try makeReader(from: .start)
                pipe = made
                return made
            }
            return PipeReader(source, shared: shared, from: position)
        }

        private func makeReader(from position: FeedPosition) throws(FileFeedError) -> FileReader {
            try FileReader(source, from: position, work: work, findTail: findTail)
        }
    }
#endif
