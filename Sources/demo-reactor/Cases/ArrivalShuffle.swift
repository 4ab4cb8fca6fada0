#if Files
    import ActorProcessing
    import Supervision

    /// Disturbs the order of arrival: windows of events are shuffled, and some of a window's come again in the next one.
    struct ArrivalShuffle {
        private let window: Int
        private let duplicates: Int
        private var random: SplitMix64
        private var waiting: [Event] = []
        private var again: [Event] = []
        private var position: Int64 = 0

        /// - Parameters:
        ///   - window: how many events are shuffled together; 1 for none.
        ///   - duplicates: per cent of the events that come twice.
        init(window: Int, duplicates: Int, seed: UInt64) {
            self.window = window
            self.duplicates = duplicates
            random = SplitMix64(seed: seed)
        }

        private var isIdle: Bool { window == 1 && duplicates == 0 }

        /// Where to read behind what has arrived.
        var end: FeedPosition { FeedPosition(position) }

        /// What arrives once these events have been read.
        ///
        /// - Parameter next: where the log goes on behind them.
        mutating func read(_ batch: EventBatch, next: FeedPosition) throws -> EventBatch? {
            if isIdle {
                position = next.value
                return batch
            }
            var builder = EventBatch.Builder()
            for row in 0..<batch.count {
                // A copy of its own: a window may hold events of many batches, which would all stay in memory.
                waiting.append(batch[row].detached())
                if waiting.count == window { try arrive(&builder) }
            }
            return finish(&builder)
        }

        /// What arrives when there is nothing more to read.
        mutating func rest() throws -> EventBatch? {
            if isIdle { return nil }
            var builder = EventBatch.Builder()
            try arrive(&builder)
            for event in again { try builder.append(event) }
            again = []
            return finish(&builder)
        }

        private mutating func arrive(_ builder: inout EventBatch.Builder) throws {
            var arrivals = waiting + again
            if window > 1 { arrivals.shuffle(using: &random) }
            for event in arrivals { try builder.append(event) }
            if duplicates > 0 {
                let chance = duplicates
                // What couldn't be read is no event, and doesn't come again.
                again = waiting.filter { !$0.isRejected && Int.random(in: 0..<100, using: &random) < chance }
            }
            waiting.removeAll(keepingCapacity: true)
        }

        private mutating func finish(_ builder: inout EventBatch.Builder) -> EventBatch? {
            if builder.count == 0 { return nil }
            let batch = builder.finish(firstPosition: position)
            position += Int64(batch.count)
            return batch
        }
    }
#endif
