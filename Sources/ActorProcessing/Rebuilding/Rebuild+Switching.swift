import Sharding

// The last part: the live version is stopped, and what it has done beyond its checkpoints is done here, too.
extension Rebuild {
    func settleAndSwitch(
        _ write: ViewWrite?, _ progress: @escaping @Sendable (RebuildProgress) -> Void
    ) async throws {
        var taken: [Fence] = []
        do {
            let home = try await take("", of: reactor, &taken)
            let partitions = try await feed.partitions(beyond: []) ?? []
            for partition in Set(try await liveCheckpoints().keys).union(partitions).sorted() {
                _ = try await take(partition, of: reactor, &taken)
            }
            // Nothing changes any more in the live version.
            let ends = try await liveCheckpoints()
            try await rebuild(to: ends, phase: .settling, progress)
            let held = try await heldStreams()
            try await retryParked(held)
            try await settle(from: ends, partitions, held)
            try await switchVersions(home, &taken, write)
        } catch {
            // The live version may be started again at once. That this succeeds isn't needed: the next owner takes over.
            for fence in taken { try? await store.releaseOwnership(fence) }
            throw error
        }
    }

    private func take(_ partition: PartitionID, of name: String, _ taken: inout [Fence]) async throws -> Fence {
        let fence = try await store.takeOwnership(of: Fence.Scope(reactor: name, partition: partition))
        taken.append(fence)
        return fence
    }

    /// What was parked here because it was in the live version is handled as far as it is there.
    private func retryParked(_ held: [StreamName: StreamPosition]) async throws {
        let parked = try await store.parkedStreams(reactor: replacement).map(\.stream)
        if parked.isEmpty { return }
        let closing = Promise<Void>()
        let reactor = try reactor(over: BoundedFeed(feed, ends: [:], until: closing), RebuildRun(held: held))
        async let end: Void = reactor.run()
        for stream in parked {
            do {
                try await reactor.retry(stream)
            } catch {
                // Whether it has come far enough is looked up below.
            }
        }
        closing.keep(.success(()))
        try await end
        try Task.checkCancellation()
        try await checkParked(held)
    }

    /// - Throws: ``RebuildError/Code/parked`` when something is parked here that the live version has handled.
    private func checkParked(_ held: [StreamName: StreamPosition]) async throws {
        var failing: [StreamName] = []
        for parked in try await store.parkedStreams(reactor: replacement) {
            if let position = held[parked.stream], parked.firstIndex >= position.nextIndex { continue }
            failing.append(parked.stream)
        }
        if !failing.isEmpty { throw RebuildError.parked(failing, in: replacement) }
    }

    /// Handles what the live version has done past its checkpoints, without saving how far that is: between these events
    /// are others that it hasn't done.
    private func settle(
        from ends: [PartitionID: FeedPosition], _ partitions: [PartitionID], _ held: [StreamName: StreamPosition]
    ) async throws {
        var tails: [PartitionID: FeedPosition] = [:]
        for partition in Set(partitions).union(ends.keys) {
            tails[partition] = try await feed.reader(of: partition, from: ends[partition]).tail()
        }
        let bounded = BoundedFeed(feed, ends: tails) { try await self.handled(in: $0) }
        try await reactor(over: bounded, RebuildRun(held: held, savesCheckpoints: false)).run()
        try Task.checkCancellation()
        try await checkParked(held)
    }

    /// Those of the events that the live version has handled.
    private func handled(in batch: EventBatch) async throws -> EventBatch {
        let named = (0..<batch.count).map { batch[$0] }.filter(\.hasName)
        let streams = Array(Set(named.map(\.stream))).sorted()
        let stored = try await store.load(StreamQuery(streams), reactor: reactor)
        let positions = Dictionary(uniqueKeysWithValues: zip(streams, stored.map { $0?.position ?? .none }))
        var builder = EventBatch.Builder()
        for event in named {
            let index = feed.ordering == .arrival ? event.position : event.index
            guard let position = positions[event.stream], index < position.nextIndex else { continue }
            try builder.append(event, position: event.position)
        }
        return builder.finish()
    }

    private func switchVersions(_ home: Fence, _ taken: inout [Fence], _ write: ViewWrite?) async throws {
        let fence = try await take("", of: replacement, &taken)
        // Which versions the name has stood for goes on with it.
        for (key, position) in try await store.checkpoints(of: reactor) where key.feed.hasPrefix("~") {
            let own = CheckpointKey(reactor: replacement, feed: key.feed, partition: key.partition)
            try await store.save(position, for: own, fence: fence)
        }
        try await store.save(.start, for: marker(of: replacement), fence: fence)
        try await store.replace(home, by: fence, write: write)
    }
}
