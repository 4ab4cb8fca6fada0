#if Files
    import ActorProcessing

    /// Disturbs the order in which a log's events arrive.
    struct ArrivalShuffle {
        private var disturbance: Disturbance<Event>
        private var position: Int64 = 0

        /// - Parameters:
        ///   - window: how many events are shuffled together; 1 for none.
        ///   - duplicates: per cent of the events that come twice.
        init(window: Int, duplicates: Int, seed: UInt64) {
            disturbance = Disturbance(window: window, duplicates: duplicates, seed: seed)
        }

        /// Whether the order stays as it is.
        var isIdle: Bool { disturbance.isIdle }

        /// Where to read behind what has arrived.
        var end: FeedPosition { FeedPosition(position) }

        /// What arrives once these events have been read.
        ///
        /// - Parameter next: where the log goes on behind them.
        mutating func read(_ batch: EventBatch, next: FeedPosition) throws -> EventBatch? {
            if disturbance.isIdle {
                position = next.value
                return batch
            }
            var builder = EventBatch.Builder()
            for row in 0..<batch.count {
                // A copy of its own: a window may hold events of many batches, which would all stay in memory. What couldn't
                // be read is no event, and doesn't come again.
                for event in disturbance.add(batch[row].detached(), mayRepeat: { !$0.isRejected }) {
                    try builder.append(event)
                }
            }
            return finish(&builder)
        }

        /// What arrives when there is nothing more to read.
        mutating func rest() throws -> EventBatch? {
            var builder = EventBatch.Builder()
            for event in disturbance.rest() { try builder.append(event) }
            return finish(&builder)
        }

        private mutating func finish(_ builder: inout EventBatch.Builder) -> EventBatch? {
            if builder.count == 0 { return nil }
            let batch = builder.finish(firstPosition: position)
            position += Int64(batch.count)
            return batch
        }
    }
#endif
