/// One watchdog's rounds: reads all heartbeats and keeps a machine for each.
struct WatchdogRounds: Sendable {
    private var watched: [(heartbeat: Heartbeat, machine: WatchdogMachine)]

    init(_ heartbeats: [Heartbeat], blockedAfter: Duration) {
        watched = heartbeats.map { ($0, WatchdogMachine(blockedAfter: blockedAfter)) }
    }

    /// Reads each heartbeat once; nil when there is nothing to report.
    mutating func make(at now: RuntimeInstant) -> WatchdogReport? {
        var findings: [WatchdogReport.Finding] = []
        for index in watched.indices {
            let heartbeat = watched[index].heartbeat
            guard let verdict = watched[index].machine.heartbeatRead(heartbeat.reading, at: now) else { continue }
            findings.append(WatchdogReport.Finding(name: heartbeat.name, verdict: verdict))
        }
        return findings.isEmpty ? nil : WatchdogReport(time: now, findings: findings)
    }
}
