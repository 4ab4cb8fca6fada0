import Sharding

/// Deals a reactor's streams out over another number of partitions, so that more nodes can share them: an offline step.
///
/// A new partition begins at the lowest checkpoint of those that its streams come from. What has been handled beyond that
/// comes again, and is recognised by the streams' positions.
///
///     let feed = try JournalFeed(store.journal, category: "Order", partitions: 32)
///     try await feed.repartition(from: 8).run("orders", in: store)
public struct Repartition: Sendable {
    /// The feed's name.
    let feed: String
    /// For each new partition those that its streams come from.
    let sources: [PartitionID: [PartitionID]]
    let partition: @Sendable (StreamName) -> PartitionID?

    /// Carries it out; nothing of the reactor may run meanwhile, on no node.
    ///
    /// What was interrupted is done by carrying it out again.
    ///
    /// - Parameters:
    ///   - reactor: its name.
    ///   - store: where it keeps what belongs to it.
    /// - Throws: ``StoreError`` of code ``StoreError/Code/owned`` when something of it runs, of code
    ///   ``StoreError/Code/behind`` when it hasn't handed over all its results and outputs: run it with the old partitions
    ///   until it has caught up (``Reactor/runUntilCaughtUp(timeLimit:)``) and try again.
    public func run(_ reactor: String, in store: any ReactorStore) async throws {
        var taken: [Fence] = []
        do {
            let home = try await store.takeOwnership(of: Fence.Scope(reactor: reactor, partition: ""))
            taken.append(home)
            let old = Set(sources.values.joined()).union(try await store.partitions(of: reactor))
            for partition in old.union(sources.keys).sorted() {
                taken.append(try await store.takeOwnership(of: Fence.Scope(reactor: reactor, partition: partition)))
            }
            for fence in taken { try await checkHandedOver(fence.scope, store) }
            try await store.moveStreams(by: home, to: partition)
            try await moveCheckpoints(of: reactor, store)
        } catch {
            // What can't be given back is taken over by the next owner.
            for fence in taken { try? await store.releaseOwnership(fence) }
            throw error
        }
        for fence in taken { try await store.releaseOwnership(fence) }
    }

    private func checkHandedOver(_ scope: Fence.Scope, _ store: any ReactorStore) async throws {
        guard try await store.holdsAnything(of: scope) else { return }
        throw StoreError(
            .behind,
            "partition '\(scope.partition)' of '\(scope.reactor)' has results, outputs or messages that haven't left: run it as "
                + "it was, with whoever takes them (onResults, onOutputs, deliverMessages), until it has caught up, then change "
                + "its partitions")
    }

    private func moveCheckpoints(of reactor: String, _ store: any ReactorStore) async throws {
        let known = try await store.checkpoints(of: reactor)
        // Categories that were plugged in have checkpoints of their own.
        let feeds = Set(known.map(\.key.feed).filter { $0 == feed || $0.hasPrefix("\(feed)#") })
        let positions = Dictionary(uniqueKeysWithValues: known.map { ($0.key, $0.position) })
        let old = Set(sources.values.joined())
        for feed in feeds.sorted() {
            for (partition, sources) in sources.sorted(by: { $0.key < $1.key }) {
                let key = CheckpointKey(reactor: reactor, feed: feed, partition: partition)
                // Done before an interruption. A partition that keeps its name has a position in any case, which is lowered: again
                // after an interruption, and perhaps by more than need be, which has no more come again.
                if positions[key] != nil, !old.contains(partition) { continue }
                let reached = sources.map {
                    positions[CheckpointKey(reactor: reactor, feed: feed, partition: $0)] ?? .start
                }
                let lowest = reached.min().flatMap { $0 > .start ? $0 : nil }
                if lowest != positions[key] { try await store.override(key, with: lowest) }
            }
        }
        // Only behind all that is made of them.
        for (key, _) in known where feeds.contains(key.feed) && sources[key.partition] == nil {
            try await store.override(key, with: nil)
        }
    }
}

extension JournalFeed {
    /// The change from a feed of the same streams with another number of partitions to this one.
    ///
    /// - Parameters:
    ///   - partitions: how many the feed has had.
    ///   - slots: how many slots the journal has had; `nil` when they are the same.
    /// - Throws: ``JournalError`` of code ``JournalError/Code/invalid`` when those slots couldn't be divided so, or when it is a
    ///   feed of one stream.
    public func repartition(from partitions: Int, slots: Int? = nil) throws(JournalError) -> Repartition {
        guard case .selection(_, let shares) = source, partitions > 0 else {
            throw JournalError(.invalid, "only a feed of many streams has partitions to change, 1 or more")
        }
        let (count, oldCount) = (journal.slotCount, slots ?? journal.slotCount)
        try JournalSelection(share: JournalSelection.Share(0, of: partitions)).check(slotCount: oldCount)
        var sources: [PartitionID: Set<PartitionID>] = [:]
        for slot in 0..<count {
            // A slot is a range of hashes: these are the old ones that it overlaps.
            for old in slot * oldCount / count...((slot + 1) * oldCount - 1) / count {
                sources[Self.partition(ofSlot: slot, of: shares), default: []]
                    .insert(Self.partition(ofSlot: old, of: partitions))
            }
        }
        return Repartition(feed: name, sources: sources.mapValues { $0.sorted() }) { self.partition(of: $0) }
    }

    static func partition(ofSlot slot: Int, of shares: Int) -> PartitionID { PartitionID("\(slot % shares)/\(shares)") }
}
