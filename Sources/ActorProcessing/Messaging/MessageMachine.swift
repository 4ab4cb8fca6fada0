import Supervision

/// Decides which messages are delivered next: to each receiver one batch at a time, in the order of their commits, so that one
/// that fails holds up nothing but what goes to the same receiver.
///
/// Held at first, until all that the last run has left is known: a sender's earlier message may be among it. Then open.
struct MessageMachine {
    /// Where messages of earlier runs are looked for.
    enum Source: Hashable, CaseIterable {
        /// What streams have sent that no partition was known of.
        case home
        /// The partitions that were owned before.
        case partitions
    }

    private var lanes: [StreamName: MessageLane] = [:]
    /// The receivers that something can be delivered to now, in their turn.
    private var ready = RingBuffer<StreamName>()
    private var backingOff: [StreamName: RuntimeInstant] = [:]
    private var awaited = Set(Source.allCases)

    /// How many messages wait or are under way.
    private(set) var count = 0

    /// Whether nothing is delivered yet.
    var isHeld: Bool { !awaited.isEmpty }

    /// Messages of this run have been committed.
    mutating func committed(_ messages: [OutgoingMessage]) {
        for message in messages {
            change(message.receiver) { $0.append(message) }
        }
    }

    /// The store has told of messages that haven't been delivered.
    mutating func recovered(_ messages: [OutgoingMessage]) {
        let lanes = Dictionary(grouping: messages, by: \.receiver)
        // In an order that is the same in every run.
        for (receiver, messages) in lanes.sorted(by: { $0.key < $1.key }) {
            change(receiver) { $0.recover(messages) }
        }
    }

    /// The store has told all of one source.
    mutating func recoveryEnded(of source: Source) { awaited.remove(source) }

    private mutating func change(_ receiver: StreamName, _ body: (inout MessageLane) -> Void) {
        if lanes[receiver] == nil { ready.append(receiver) }
        var lane = lanes.removeValue(forKey: receiver) ?? MessageLane()
        count -= lane.count
        body(&lane)
        count += lane.count
        lanes[receiver] = lane
    }

    /// What to do now.
    ///
    /// - Parameters:
    ///   - receivers: to how many at most.
    ///   - messages: how many at most to each.
    mutating func next(receivers: Int, messages: Int, at now: RuntimeInstant) -> MessageAction {
        if isHeld { return .wait(until: nil) }
        let rested = backingOff.filter { $0.value <= now }.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        for (receiver, _) in rested {
            backingOff[receiver] = nil
            ready.append(receiver)
        }
        var batches: [MessageBatch] = []
        while batches.count < receivers, let receiver = ready.popFirst() {
            guard let batch = lanes[receiver]?.take(to: receiver, limit: messages) else {
                preconditionFailure("\(receiver) is ready, but nothing waits for it")
            }
            batches.append(batch)
        }
        return batches.isEmpty ? .wait(until: backingOff.values.min()) : .deliver(batches)
    }

    /// Of the batch to a receiver the first `done` have come to it, or were set aside.
    ///
    /// - Parameter retryAt: when to go on, if the rest has failed.
    mutating func delivered(_ done: Int, to receiver: StreamName, retryAt: RuntimeInstant?) {
        guard var lane = lanes[receiver] else { preconditionFailure("nothing was under way to \(receiver)") }
        lane.ended(done: done, failed: retryAt != nil)
        count -= done
        if lane.isEmpty {
            lanes[receiver] = nil
            return
        }
        lanes[receiver] = lane
        if let retryAt { backingOff[receiver] = retryAt } else { ready.append(receiver) }
    }
}
