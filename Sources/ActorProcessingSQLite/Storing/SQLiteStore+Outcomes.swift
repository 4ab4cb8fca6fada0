#if SQLite
    public import ActorProcessing
    import Synchronization

    extension SQLiteStore: OutcomeStore {
        public func load(_ streams: StreamQuery, reactor: String) async throws -> [StoredStream?] {
            var found = try await threads.read { connection in
                try StreamLoader(connection).load(streams, reactor: reactor)
            }
            let unknown = found.count { $0 == nil }
            if unknown == 0 { return found }
            var numbers = try await takeStreamNumbers(unknown)
            for place in found.indices where found[place] == nil {
                var stream = StoredStream(position: .none)
                stream.handle = StreamLoader.handle(numbers.removeFirst())
                found[place] = stream
            }
            return found
        }

        public func commit(_ group: OutcomeGroup, reactor: String) async throws -> CommitReport {
            var rejections: [CommitReport.Rejection] = []
            var first = 0
            while first < group.count {
                let places = first..<min(group.count, first + configuration.maximumGroup)
                let report = try await threads.write(weight: places.count) { transaction in
                    try OutcomeWriter(transaction, group, reactor: reactor).commit(places)
                }
                rejections += report.rejections
                first = places.upperBound
            }
            return CommitReport(rejections: rejections)
        }

        /// Numbers for streams that have no row yet. They are taken from the file in blocks; what a process doesn't use of its
        /// last one is lost, which costs nothing.
        private func takeStreamNumbers(_ count: Int) async throws -> Range<Int64> {
            let count = Int64(count)
            if let taken = streamNumbers.withLock({ $0.take(count) }) { return taken }
            let size = max(count, Self.numberBlock)
            let block = try await threads.write { try Names($0.connection).take(size, of: .streams) }
            streamNumbers.withLock { $0 = block.lowerBound + count..<block.upperBound }
            return block.lowerBound..<block.lowerBound + count
        }

        private static let numberBlock: Int64 = 16_384
    }

    extension Range<Int64> {
        /// The first `count`, if there are as many.
        fileprivate mutating func take(_ count: Int64) -> Range<Int64>? {
            guard upperBound - lowerBound >= count else { return nil }
            defer { self = lowerBound + count..<upperBound }
            return lowerBound..<lowerBound + count
        }
    }
#endif
