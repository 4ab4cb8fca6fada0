import Supervision

/// The messages to one receiver, in the order in which they are to come to it.
///
/// Resting, or a batch from the front is under way.
struct MessageLane {
    private var waiting = RingBuffer<OutgoingMessage>()
    private var underWay = 0
    /// How often delivery has failed, in a row.
    private var failures = 0

    var isEmpty: Bool { waiting.isEmpty }
    var count: Int { waiting.count }

    mutating func append(_ message: OutgoingMessage) { waiting.append(message) }

    /// Takes in what the store held of earlier times: each sender's messages are put into the order of their commits, and those
    /// that are here already are left out.
    mutating func recover(_ messages: [OutgoingMessage]) {
        var merged = RingBuffer<OutgoingMessage>()
        var rest: [OutgoingMessage] = messages
        for place in 0..<waiting.count {
            if place < underWay { merged.append(waiting[place]) } else { rest.append(waiting[place]) }
        }
        var sorted = Dictionary(grouping: rest, by: \.sender).mapValues { messages in
            var seen: Set<OutgoingMessage.Place> = []
            // From behind, since that is where they are taken from.
            return messages.filter { seen.insert($0.place).inserted }.sorted { $0.place > $1.place }
        }
        for place in 0..<underWay { sorted[waiting[place].sender]?.removeAll { $0.place == waiting[place].place } }
        for message in rest {
            if let next = sorted[message.sender]?.popLast() { merged.append(next) }
        }
        waiting = merged
    }

    /// The batch at the front, which then is under way.
    mutating func take(to receiver: StreamName, limit: Int) -> MessageBatch {
        var batch = MessageBatch(receiver: receiver, messages: [], failures: failures)
        var ids: Set<[UInt8]> = []
        // One that comes a second time is a repetition of the first: it can't be appended together with it.
        while batch.messages.count < min(limit, waiting.count) {
            let next = waiting[batch.messages.count]
            guard ids.insert(Array((next.id ?? "").utf8)).inserted else { break }
            batch.messages.append(next)
        }
        underWay = batch.messages.count
        return batch
    }

    /// The batch that was under way has come to its end; so many of it are done.
    mutating func ended(done: Int, failed: Bool) {
        precondition(done <= underWay, "\(done) messages are done, but \(underWay) were under way")
        for _ in 0..<done { waiting.removeFirst() }
        underWay = 0
        failures = failed ? (done > 0 ? 1 : failures + 1) : 0
    }
}
