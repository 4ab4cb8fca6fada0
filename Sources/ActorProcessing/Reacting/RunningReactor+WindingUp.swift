import Sharding
import Supervision
import Synchronization

// The end: what is under way is given its time, and nobody is left waiting.
extension RunningReactor {
    /// Nobody is left to wait for anything.
    func closeAll() async {
        for shard in shards { await shard.coordinator.close(shard.shard) }
        // They refer to the core, which refers to them.
        core.forgetShards()
        let error = ReactorError.notRunning(core.name)
        let left = waits.withLock { waits in
            defer { waits = nil }
            return waits ?? [:]
        }
        for promise in left.values { promise.keep(.failure(error)) }
        known.keep(.failure(error))
        recovered.keep(.failure(error))
        partitions.withLock { $0.openings.takeAll() }.wake()
    }

    func windUp(within grace: Duration) async -> StopReport {
        var report = StopReport()
        let deadline = runtime.clock.now.advanced(by: grace)
        await waitUntilQuiet(by: deadline)
        await drainSinks(by: deadline)
        await finishShards(by: deadline, &report)
        await desk.saveNow(self, &report)
        for partition in readings {
            report.unsettledEvents += partition.openEvents
        }
        return report
    }

    private func waitUntilQuiet(by deadline: RuntimeInstant) async {
        for shard in shards { await waitUntilQuiet(shard, by: deadline) }
    }

    private func waitUntilQuiet(_ shard: ReactorShard, by deadline: RuntimeInstant) async {
        let quiet = Promise<Void>()
        quiet.expire(at: deadline, on: runtime.control)
        await shard.coordinator.whenQuiet(quiet)
        _ = try? await quiet.value
    }

    /// Retries may have begun calls while the sinks were drained. After this nothing more begins.
    private func finishShards(by deadline: RuntimeInstant, _ report: inout StopReport) async {
        for shard in shards {
            await waitUntilQuiet(shard, by: deadline)
            await shard.coordinator.abandonCalls()
            report.abandonedStreams += await shard.coordinator.abandonedStreams(shard.shard)
        }
    }

    private func drainSinks(by deadline: RuntimeInstant) async {
        var waits: [Promise<Void>] = []
        for shard in shards {
            let promise = Promise<Void>()
            shard.coordinator.inbox.post(
                ShardOrder { shard, coordinator in
                    shard.drainPublications(promise, closing: true, coordinator)
                } refused: {
                    promise.keep(.failure(CancellationError()))
                })
            waits.append(promise)
        }
        for partition in partitions.withLock({ $0.states }) + [home] {
            guard let emitter = partition.emitter else { continue }
            let promise = Promise<Void>()
            emitter.idle(promise)
            waits.append(promise)
        }
        let outputs = Promise<Void>()
        core.outputs.drained(outputs)
        waits.append(outputs)
        // Where none leaves, nothing would become of waiting: they stay in the store.
        if core.messages.delivers {
            let messages = Promise<Void>()
            core.messages.drained(messages)
            waits.append(messages)
        }
        for wait in waits {
            wait.expire(at: deadline, on: runtime.control)
            // What isn't out by then stays in the store and comes again at the next start.
            _ = try? await wait.value
        }
    }
}

extension ShardCoordinator {
    fileprivate func close(_ shard: StreamShard) { shard.close(self) }

    /// Whose calls were given up and haven't come back.
    fileprivate func abandonedStreams(_ shard: StreamShard) -> [StreamName] { abandoned.map { shard.name(of: $0) } }
}
