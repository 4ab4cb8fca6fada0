import ActorProcessing
import Synchronization

/// A feed of what senders push: accepted up to a limit of events that aren't settled, refused beyond it.
///
/// It lies in memory, so what it has accepted is lost with the process; a server that must not lose anything writes its
/// events to a journal before it answers.
final class WebhookFeed: Feed, PartitionReader {
    let name = "webhooks"
    /// Senders number the events of each stream; webhooks arrive out of order, and again when an answer was lost.
    let ordering = OrderingContract.contiguous(from: 0)
    let isRepeatable = false

    private struct State {
        /// What was accepted and lies behind the checkpoint.
        var events: [Event] = []
        /// The position of the first of them.
        var first: Int64 = 0
        /// Where to read next.
        var next: Int64 = 0
        var saidTail = false
    }

    private let limit: Int
    private let state = Mutex(State())
    private let arrivals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    /// - Parameter limit: how many events may be accepted that aren't behind a checkpoint yet.
    init(limit: Int) {
        self.limit = limit
        (arrivals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Takes all of the events, or none when there is no room for them.
    func accept(_ events: [Event]) -> Bool {
        let hasRoom = state.withLock { state in
            if state.events.count + events.count > limit { return false }
            state.events += events
            return true
        }
        if hasRoom { signal.yield() }
        return hasRoom
    }

    func partitions(beyond known: Set<PartitionID>) async throws -> [PartitionID]? { known.isEmpty ? ["0"] : nil }

    func reader(of partition: PartitionID, from position: FeedPosition?) async throws -> any PartitionReader {
        state.withLock { state in
            state.first = max(state.first, position?.value ?? 0)
            state.next = state.first
        }
        return self
    }

    func next(upTo limit: ReadLimit) async throws -> FeedReading {
        while true {
            if let reading = try read(upTo: limit.events) { return reading }
            for await _ in arrivals { break }
            try Task.checkCancellation()
        }
    }

    private func read(upTo count: Int) throws -> FeedReading? {
        try state.withLock { state in
            let waiting = state.events.dropFirst(Int(state.next - state.first)).prefix(count)
            if waiting.isEmpty {
                defer { state.saidTail = true }
                return state.saidTail ? nil : .tail
            }
            let batch = try EventBatch(Array(waiting), firstPosition: state.next)
            state.next += Int64(batch.count)
            state.saidTail = false
            return .batch(batch, next: FeedPosition(state.next))
        }
    }

    func tail() async throws -> FeedPosition {
        FeedPosition(state.withLock { $0.first + Int64($0.events.count) })
    }

    /// What is settled makes room.
    func checkpointSaved(_ position: FeedPosition, of partition: PartitionID) async throws {
        state.withLock { state in
            let settled = min(state.events.count, max(0, Int(position.value - state.first)))
            state.events.removeFirst(settled)
            state.first += Int64(settled)
        }
    }
}
