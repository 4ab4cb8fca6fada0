#if SQLite
    import ActorProcessing
    import Supervision

    /// What is appended: batches for streams of four categories, drawn from a seed.
    ///
    /// An event has 160 bytes of data, which begin with its draw, and a time, a type and an id: about 200 bytes in all.
    struct JournalWorkload {
        /// Events that are appended together.
        struct Batch {
            var stream: Int
            /// The index of the first.
            var first: Int64
            var draws: [UInt64]
        }

        static let categories = ["Order", "Account", "Case", "Delivery"]
        static let types = ["Placed", "Added", "Paid"]
        private static let dataCount = 160

        let streams: Int
        let events: Int
        /// How many events are appended together.
        let size: Int

        /// Calls `body` with each batch.
        func forEachBatch(_ body: (Batch) async throws -> Void) async throws {
            var generator = SplitMix64(seed: 42)
            var ends = [Int64](repeating: 0, count: streams)
            for first in stride(from: 0, to: events, by: size) {
                let stream = Int(generator.next() % UInt64(streams))
                let count = min(size, events - first)
                try await body(
                    Batch(stream: stream, first: ends[stream], draws: (0..<count).map { _ in generator.next() }))
                ends[stream] += Int64(count)
            }
        }

        /// The digest of what a reader of everything, or of one category, has to find.
        func digest(of category: Int? = nil) async throws -> JournalDigest {
            var digest = JournalDigest()
            var position: Int64 = 0
            try await forEachBatch { batch in
                for (place, draw) in batch.draws.enumerated() {
                    if category == nil || Self.category(batch.stream) == category {
                        digest.add(position: position, index: batch.first + Int64(place), draw: draw)
                    }
                    position += 1
                }
            }
            return digest
        }

        static func category(_ stream: Int) -> Int { stream % categories.count }

        static func name(_ stream: Int) throws -> StreamName {
            try StreamName("\(categories[category(stream)])-\(stream)")
        }

        static func event(stream: Int, index: Int64, draw: UInt64) -> NewEvent {
            var data = [UInt8](repeating: UInt8(ascii: "."), count: dataCount)
            for place in 0..<8 { data[place] = UInt8(truncatingIfNeeded: draw >> (8 * UInt64(place))) }
            return NewEvent(
                type: types[Int(index) % types.count], data: data,
                time: Timestamp(nanosecondsSince1970: 1_700_000_000_000_000_000 + index),
                id: draw.hexadecimal + "/\(index)")
        }

        static func events(of batch: Batch) -> [NewEvent] {
            batch.draws.enumerated().map { place, draw in
                event(stream: batch.stream, index: batch.first + Int64(place), draw: draw)
            }
        }

        /// An event's draw.
        @inline(__always)
        static func draw(of data: RawSpan) throws -> UInt64 {
            guard data.byteCount == dataCount else { throw WrongResult(text: "data of \(data.byteCount) bytes") }
            return UInt64(littleEndian: unsafe data.unsafeLoadUnaligned(as: UInt64.self))
        }
    }

    /// Events folded in the order in which they are read.
    struct JournalDigest: Equatable {
        private(set) var count = 0
        private(set) var value: UInt64 = 0

        @inline(__always)
        mutating func add(position: Int64, index: Int64, draw: UInt64) {
            let place = UInt64(bitPattern: position) &* 1_000_003 &+ UInt64(bitPattern: index)
            value = value &* 31 &+ (place ^ draw)
            count += 1
        }
    }
#endif
