import Sharding
import Supervision

// The timers of streams that no shard has in memory: those that the last run has left.
extension ControlDesk {
    private static let page = 1024

    /// Has streams activated before their timers are due, so that their shards wait for them: at the start, and as time
    /// goes on.
    func recoverTimers(of running: RunningReactor) async throws {
        try await running.known.value
        guard core.firesTimers, core.program.keepsState else { return }
        while true {
            let known = timersKnownBefore
            let horizon = clock.wallTime.advanced(by: core.configuration.timerHorizon)
            if horizon > known {
                // Before they are looked for: a category that is plugged in meanwhile has its own ones looked for up to here.
                timersKnownBefore = horizon
                for partition in ownedPartitions {
                    try await recoverTimers(partition, from: known, before: horizon) { _ in true }
                }
            }
            let wait = core.configuration.timerHorizon / 2
            try await executor.sleep(until: clock.now.advanced(by: max(wait, .nanoseconds(1))))
        }
    }

    /// The same for streams of a category that was plugged in just now.
    func recoverTimers(of category: String) async throws {
        for partition in ownedPartitions {
            try await recoverTimers(partition, from: Self.first, before: timersKnownBefore) { $0.category == category }
        }
    }

    static var first: Timestamp { Timestamp(nanosecondsSince1970: .min) }

    func recoverTimers(
        _ partition: PartitionID, from first: Timestamp, before end: Timestamp, where isWanted: (StreamName) -> Bool
    ) async throws {
        let core = core
        guard core.firesTimers, core.program.keepsState else { return }
        // No stream has an empty name: this comes before all whose timers are due at the same time.
        var last = DueTimer(due: first, stream: StreamName(unchecked: ""))
        while true {
            let behind = last
            let page = try await retrying {
                try await core.store.timers(
                    of: core.name, partition: partition, dueBefore: end, after: behind, limit: Self.page)
            }
            // One page after the other is loaded, however many there are.
            try await activate(page.map(\.stream).filter { isWanted($0) && isHandled($0) })
            guard page.count == Self.page, let next = page.last else { return }
            last = next
        }
    }

    private func isHandled(_ stream: StreamName) -> Bool {
        core.plugs.map { $0.plug(of: stream.category) != nil } ?? true
    }

    /// Has streams activated, and returns when they are loaded.
    private func activate(_ streams: [StreamName]) async throws {
        let dealt = Dictionary(grouping: streams) { StableHash.bucket(of: $0.stableHash, count: shards.count) }
        var promises: [Promise<Void>] = []
        for (number, shard) in shards.enumerated() {
            guard let streams = dealt[number] else { continue }
            let promise = Promise<Void>()
            promises.append(promise)
            shard.coordinator.inbox.post(
                ShardOrder { shard, coordinator in
                    shard.activate(streams, promise, coordinator)
                } refused: { [name = core.name] in
                    promise.keep(.failure(ReactorError.notRunning(name)))
                })
        }
        for promise in promises { try await promise.value }
    }
}
