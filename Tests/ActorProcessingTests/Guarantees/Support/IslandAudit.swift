import ActorProcessing
import ActorProcessingTesting
import Sharding
import Testing

/// What must hold of shops when all that they have sent each other has come.
struct IslandAudit: Sendable {
    /// The reactor's name.
    let reactor: String
    let journal: any Journal
    let store: any ReactorStore
    let shops: Int
    /// How many partitions the shops are shared out over.
    let partitions: Int
    /// Whether shops are machines, with stash and timers.
    let isMachine: Bool
    /// Whether the snapshots are those of the last events.
    let snapshotsAreLatest: Bool

    /// What a shop has come to; `nil` when nothing is known of it.
    private func island(_ shop: Int) async throws -> (island: Island, waiting: Int)? {
        guard let snapshot = try await store.snapshot(of: Island.name(shop), reactor: reactor) else { return nil }
        if !isMachine { return (try JSONStateCodec<Island>().decode(snapshot.state), 0) }
        let machine = try JSONStateCodec<IslandMachine.State>().decode(snapshot.state)
        return (machine.island, machine.waiting.count)
    }

    private func events(of shop: Int) async throws -> [Event] {
        let batch = try await journal.events(
            of: Island.name(shop), upTo: ReadLimit(events: 100_000, bytes: 1 << 28))
        return (0..<batch.count).map { batch[$0] }
    }

    /// The messages that aren't known to have come.
    private func outbox() async throws -> [MessageEnvelope] {
        var messages: [MessageEnvelope] = []
        for partition in [""] + (0..<partitions).map({ "\($0)/\(partitions)" }) {
            let scope = Fence.Scope(reactor: reactor, partition: PartitionID(stringLiteral: partition))
            messages += try await store.outputs(of: scope, limit: .max).compactMap(\.row.envelope)
        }
        return messages
    }

    /// Whether it is known of all messages that they have come: those that could not be marked stay until the next run.
    func isOutboxEmpty() async throws -> Bool { try await outbox().isEmpty }

    /// Whether every event has been handled, and nothing is on its way or waits for a timer.
    func isAtRest() async throws -> Bool {
        let end = try await journal.end()
        for shop in 0..<shops {
            let name = Island.name(shop)
            guard let state = try await journal.state(of: name) else { continue }
            let stored = try await store.load(StreamQuery([name]), reactor: reactor).first
            guard stored??.position.nextIndex == state.nextIndex else { return false }
            if isMachine, try await island(shop)?.waiting != 0 { return false }
        }
        for message in try await outbox() {
            guard try await journal.index(of: message.id, in: message.receiver) != nil else { return false }
        }
        // Had anything come meanwhile, something might follow from it.
        return try await journal.end() == end
    }

    /// Each message has come once and in order, and none of the pieces is lost.
    ///
    /// - Parameter total: how many pieces there are.
    func check(_ total: Int) async throws {
        var pieces = 0
        var sent: [String: Int] = [:]
        var received: [String: Int] = [:]
        for shop in 0..<shops {
            let name = Island.name(shop).value
            var fold = Island()
            for event in try await events(of: shop) { _ = try fold.take(event, of: shops) }
            try #require(fold.wrong == nil, "\(fold.wrong ?? "")")
            for (sender, count) in fold.received { received["\(sender) \(name)"] = count }
            var island = fold
            // A snapshot may lie behind; and a machine, which stashes, does other things than a fold.
            if isMachine || snapshotsAreLatest {
                let known = try #require(try await self.island(shop), "nothing is known of shop \(shop)")
                try #require(known.waiting == 0, "shop \(shop) waits for a timer")
                island = known.island
            }
            try #require(island.wrong == nil && island.received == fold.received, "\(island) isn't \(fold)")
            if !isMachine { try #require(island == fold) }
            pieces += island.pieces
            for (receiver, count) in island.sent { sent["\(name) \(receiver)"] = count }
        }
        try #require(pieces == total, "pieces were lost or doubled")
        try #require(sent == received, "what was sent isn't what has come")
        try #require(try await isOutboxEmpty(), "the outbox isn't empty")
    }
}

extension SnapshotPolicy {
    var isEveryOutcome: Bool { if case .everyOutcome = self { true } else { false } }
}
