#if Files
    import ActorProcessing
    import Sharding
    import Synchronization

    /// Between the thread that reads a file and whoever asks for its events: a few batches, so that memory stays bounded.
    final class BatchQueue: Sendable {
        private struct Piece {
            var batch: EventBatch
            var next: FeedPosition
        }

        private struct State {
            var pieces: [Piece] = []
            var end: Result<Void, any Error>?
            var isAtTail = false
            var saidTail = false
            var isClosed = false
            var limit = ReadLimit(events: 1, bytes: 1)
            var isThreadWaiting = false
            var readers = WakeUpList()
            var handedOver = FeedPosition.start
            var filled = FeedPosition.start
        }

        /// How many batches may lie ready.
        private static let depth = 2

        let bell: ThreadBell
        private let state = Mutex(State())

        init(source: FileSource) throws(FileFeedError) {
            do {
                bell = try ThreadBell()
            } catch {
                throw FileFeedError(.failed, source.description, "no pipe for its thread: \(error.text)")
            }
        }

        // The reader's side.

        /// How far batches have been handed over.
        var handedOver: FeedPosition { state.withLock { $0.handedOver } }

        /// How far batches have been read.
        var filled: FeedPosition { state.withLock { $0.filled } }

        /// Reading begins at this position.
        func began(at position: FeedPosition) {
            state.withLock { state in
                state.handedOver = position
                state.filled = position
            }
        }

        func next(upTo limit: ReadLimit) async throws -> FeedReading {
            while true {
                let wakeUp = WakeUp()
                let (reading, wakesThread) = try state.withLock { state in
                    state.limit = limit
                    let reading = try Self.take(&state, limit)
                    if reading == nil { state.readers.add(wakeUp) }
                    defer { state.isThreadWaiting = state.isThreadWaiting && state.pieces.count >= Self.depth }
                    return (reading, state.isThreadWaiting && state.pieces.count < Self.depth)
                }
                if wakesThread { bell.ring() }
                if let reading { return reading }
                try await wakeUp.wait()
            }
        }

        /// Nobody will ask any more: the thread is to end.
        func close() {
            state.withLock { $0.isClosed = true }
            bell.ring()
        }

        private static func take(_ state: inout State, _ limit: ReadLimit) throws -> FeedReading? {
            if !state.pieces.isEmpty {
                let piece = try cut(&state, limit)
                state.saidTail = false
                state.handedOver = piece.next
                return .batch(piece.batch, next: piece.next)
            }
            if let end = state.end {
                try end.get()
                return .end
            }
            guard state.isAtTail, !state.saidTail else { return nil }
            state.saidTail = true
            return .tail
        }

        /// The first piece, or as much of it as the limit allows.
        private static func cut(_ state: inout State, _ limit: ReadLimit) throws(EventError) -> Piece {
            let piece = state.pieces.removeFirst()
            let count = max(1, limit.events)
            if piece.batch.count <= count { return piece }
            let end = FeedPosition(piece.batch.position(of: count))
            state.pieces.insert(
                Piece(batch: try part(of: piece.batch, count..<piece.batch.count), next: piece.next), at: 0)
            return Piece(batch: try part(of: piece.batch, 0..<count), next: end)
        }

        private static func part(of batch: EventBatch, _ rows: Range<Int>) throws(EventError) -> EventBatch {
            var builder = EventBatch.Builder()
            for row in rows { try builder.append(batch[row], position: batch.position(of: row)) }
            return builder.finish()
        }

        // The thread's side.

        var isClosed: Bool { state.withLock { $0.isClosed } }

        /// Blocks until another batch is wanted.
        ///
        /// - Returns: how much, or `nil` when nobody asks any more.
        func waitForRoom() -> ReadLimit? {
            while true {
                let (isDone, limit) = state.withLock { state -> (Bool, ReadLimit?) in
                    if state.isClosed { return (true, nil) }
                    if state.pieces.count < Self.depth { return (true, state.limit) }
                    state.isThreadWaiting = true
                    return (false, nil)
                }
                if isDone { return limit }
                bell.wait()
            }
        }

        /// - Parameter next: where to read behind the batch.
        func put(_ batch: EventBatch, next: FeedPosition) {
            tell { state in
                state.pieces.append(Piece(batch: batch, next: next))
                state.filled = next
                state.isAtTail = false
            }
        }

        /// There is nothing more for now.
        func tailReached() { tell { $0.isAtTail = true } }

        /// There will be nothing more, or an error says why not.
        func ended(_ end: Result<Void, any Error>) { tell { $0.end = end } }

        private func tell(_ change: (inout State) -> Void) {
            let readers = state.withLock { state in
                change(&state)
                return state.readers.takeAll()
            }
            readers.wake()
        }
    }
#endif
