import Sharding
import Supervision

// Shards whose threads are blocked.
extension RunningReactor {
    func startWatchdog() -> Watchdog? {
        let heartbeats = runtime.shards.compactMap(\.heartbeat)
        if heartbeats.isEmpty { return nil }
        let watchdog = Watchdog(
            interval: min(.seconds(1), core.configuration.health.slowAfter),
            blockedAfter: core.configuration.health.slowAfter, clock: runtime.clock,
            heartbeats: heartbeats
        ) { [weak self] report in self?.found(report) }
        do {
            try watchdog.start()
        } catch {
            core.tell(.storeRetried(attempt: 0, error))
            return nil
        }
        return watchdog
    }

    private func found(_ report: WatchdogReport) {
        for finding in report.findings {
            guard let shard = Int(finding.name) else { continue }
            switch finding.verdict {
            case .blocked(let age, _, let isNew):
                if isNew { core.tell(.shardBlocked(shard: shard, for: age)) }
            case .recovered:
                core.tell(.shardUnblocked(shard: shard))
            }
        }
    }
}
