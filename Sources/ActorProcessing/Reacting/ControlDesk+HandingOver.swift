import Sharding
import Supervision

// What leaves the reactor: results and outputs.
extension ControlDesk {
    /// Hands results over, partition by partition, until it is cancelled.
    func pumpResults(of running: RunningReactor) async throws {
        guard let emit = core.sinks.emit else { return }
        try await withThrowingTaskGroup(of: Void.self) { group in
            var fresh = [running.home]
            var count = 0
            while true {
                for partition in fresh {
                    guard let emitter = partition.emitter else { continue }
                    group.addTask { try await self.pump(emitter, partition.fence, emit) }
                }
                fresh = try await running.partitions(after: count)
                count += fresh.count
            }
        }
    }

    private func pump(
        _ emitter: ResultEmitter, _ fence: Fence, _ emit: @Sendable ([Resequenced]) async throws -> Void
    ) async throws {
        var late: [ResultRow] = []
        while true {
            let (results, below) = try await emitter.next(limit: 1024)
            if !results.isEmpty { try await handingOver { try await emit(results) } }
            emitter.emitted(results.count)
            late += results.compactMap { if case .result(let row, _) = $0, row.isLate { row } else { nil } }
            do {
                try await core.store.resultsEmitted(emitter.scope, below: below, late: late, fence: fence)
                late = []
            } catch {
                core.tell(.deliveryNotMarked(error))
            }
        }
    }

    func pumpOutputs() async throws {
        guard let deliver = core.sinks.deliver else { return }
        while true {
            let items = try await core.outputs.next(limit: 1024)
            try await handingOver { try await deliver(items.map(\.output)) }
            core.outputs.delivered(items.count)
            for (fence, items) in Dictionary(grouping: items, by: \.fence) {
                do {
                    try await core.store.outputsDelivered(
                        items.map { ($0.output.stream, $0.output.row.position, $0.output.row.ordinal) },
                        of: fence.scope, fence: fence)
                } catch {
                    core.tell(.deliveryNotMarked(error))
                }
            }
        }
    }

    /// Tries until it succeeds or the reactor has no more time.
    func handingOver(_ body: () async throws -> Void) async throws {
        var attempt = 0
        while true {
            do {
                try core.part?.validity.check()
                return try await body()
            } catch {
                if Task.isCancelled { throw CancellationError() }
                attempt += 1
                core.tell(.deliveryRetried(attempt: attempt, error))
                let wait = core.configuration.storeBackoff.delay(forAttempt: attempt, using: &generator)
                try await executor.sleep(until: clock.now.advanced(by: wait))
            }
        }
    }
}
