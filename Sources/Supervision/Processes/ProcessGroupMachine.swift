/// Decides which processes of a group run: starts, restarts, stops, the kill switch, and when the group ends.
///
/// Inputs are facts, each answered with what to do, in order. States of the group:
/// - idle → running, by ``groupStarted(at:)``;
/// - running → ending, by ``shutdownRequested(at:)`` or an escalation;
/// - ending → idle, when the last process has ended (`finishGroup` says so).
///
/// The kill switch is a state of its own, beside these. See `Phase` for a process's states.
package struct ProcessGroupMachine: Sendable {
    enum Mode: Sendable, Hashable {
        case idle
        case running
        case ending(GroupEnd)
    }

    let configuration: ProcessGroupConfiguration
    var entries: [String: Entry] = [:]
    /// Which process a run or a backoff belongs to; what isn't here is over, and late facts about it are ignored.
    var owners: [RunID: String] = [:]
    var mode = Mode.idle
    package private(set) var killedSince: RuntimeInstant?
    private var lastOrder: UInt64 = 0
    private var lastRun: UInt64 = 0

    package init(configuration: ProcessGroupConfiguration) {
        self.configuration = configuration
    }

    /// Whether `run()` may be called.
    package var isIdle: Bool { mode == .idle }

    /// Whether a process may start now.
    var mayStart: Bool { mode == .running && killedSince == nil }

    /// The names of the processes, in the order in which they were added.
    var names: [String] { entries.values.sorted { $0.order < $1.order }.map(\.name) }

    /// The runs that have started and not ended, in the order in which their processes were added.
    package var aliveRuns: [RunID] { names.compactMap { entries[$0]?.run } }

    /// The run of this process that has started and not ended.
    package func aliveRun(of name: String) -> RunID? { entries[name]?.run }

    /// Why this run was asked to stop; nil when it wasn't.
    package func stopCause(of run: RunID) -> StopCause? {
        guard let name = owners[run], case .stopping(_, let cause, _) = entries[name]?.phase else { return nil }
        return cause
    }

    /// Everything the group knows, for people.
    package func status(at now: RuntimeInstant) -> ProcessGroupStatus {
        let phase: ProcessGroupStatus.Phase =
            switch mode {
            case .idle: .idle
            case .running: .running
            case .ending: .ending
            }
        return ProcessGroupStatus(
            phase: phase,
            killedFor: killedSince?.duration(to: now),
            processes: names.compactMap { entries[$0]?.status(at: now, stableAfter: configuration.stableAfter) }
        )
    }

    /// The kill switch was engaged: all processes stop, and none starts.
    package mutating func killSwitchEngaged(at now: RuntimeInstant) -> [Action] {
        guard killedSince == nil else { return [] }
        killedSince = now
        return haltAll(cause: .killSwitch, at: now)
    }

    /// The kill switch was released: what it stopped starts afresh.
    package mutating func killSwitchReleased(at now: RuntimeInstant) -> [Action] {
        guard killedSince != nil else { return [] }
        killedSince = nil
        for name in names where entries[name]?.phase == .held || stopCause(ofProcess: name) == .killSwitch {
            entries[name]?.restart.reset()
        }
        return startHeld(at: now)
    }

    func makeEntry(_ name: String, _ policy: RestartPolicy?, at now: RuntimeInstant, order: UInt64) -> Entry {
        Entry(name: name, order: order, policy: policy ?? configuration.policy, addedAt: now)
    }

    mutating func nextOrder() -> UInt64 {
        lastOrder += 1
        return lastOrder
    }

    mutating func nextRun(of name: String) -> RunID {
        lastRun += 1
        let run = RunID(number: lastRun)
        owners[run] = name
        return run
    }

    private func stopCause(ofProcess name: String) -> StopCause? {
        entries[name]?.run.flatMap(stopCause(of:))
    }
}
