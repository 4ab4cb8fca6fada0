import Supervision

/// The obvious way to run a group: after each fact, compare what should run with what does, and act on the difference.
struct ProcessGroupModel {
    struct Process {
        let name: String
        var isWanted = true
        var isLeaving = false
        var isAlive = false
        var isAsked = false
        var restartAsked = false
        var isBackingOff = false
        var startedAt = RuntimeInstant.zero
        var restart = RestartMachine()
    }

    /// An action without the numbers that only the machine knows.
    enum Order: Hashable {
        case start(String), cancel(String), backOff(String, Duration), cancelBackoff(String), forget(String)
        case finish(GroupEnd)
    }

    let configuration: ProcessGroupConfiguration
    var jitter: SplitMix64
    var processes: [Process] = []
    var isRunning = false
    var isKilled = false
    var ending: GroupEnd?

    private var mayRun: Bool { isRunning && !isKilled && ending == nil }

    subscript(name: String) -> Process? {
        get { processes.first { $0.name == name } }
        set {
            guard let index = processes.firstIndex(where: { $0.name == name }) else { return }
            if let newValue { processes[index] = newValue } else { processes.remove(at: index) }
        }
    }

    mutating func started(at now: RuntimeInstant) -> Set<Order> {
        isRunning = true
        for index in processes.indices {
            processes[index].isWanted = true
            processes[index].restart = RestartMachine()
        }
        return reconcile(at: now)
    }

    mutating func released(at now: RuntimeInstant) -> Set<Order> {
        if isKilled {
            for index in processes.indices where processes[index].isWanted { processes[index].restart.reset() }
        }
        isKilled = false
        return reconcile(at: now)
    }

    mutating func restarted(_ name: String, at now: RuntimeInstant) -> Set<Order> {
        self[name]?.isWanted = true
        self[name]?.restart.reset()
        self[name]?.restartAsked = true
        return reconcile(at: now)
    }

    mutating func ended(_ name: String, _ end: RunEnd, at now: RuntimeInstant) -> Set<Order> {
        guard var process = self[name] else { return [] }
        process.isAlive = false
        let wasAsked = process.isAsked
        process.isAsked = false
        var orders: Set<Order> = []
        if !wasAsked {
            if process.startedAt.duration(to: now) >= configuration.stableAfter { process.restart.succeeded(at: now) }
            switch decide(&process.restart, end, at: now) {
            case .restart(let delay, _):
                process.isBackingOff = true
                orders.insert(.backOff(name, delay))
            case .resume, .stop:
                process.isWanted = false
            case .escalate(let reason):
                process.isWanted = false
                ending = .escalated(name: name, reason)
            }
        }
        self[name] = process
        return orders.union(reconcile(at: now))
    }

    mutating func backoffElapsed(_ name: String, at now: RuntimeInstant) -> Set<Order> {
        self[name]?.isBackingOff = false
        return reconcile(at: now)
    }

    mutating func reconcile(at now: RuntimeInstant) -> Set<Order> {
        var orders: Set<Order> = []
        for var process in processes {
            let mayStay = mayRun && process.isWanted && !process.isLeaving && !process.restartAsked
            if process.isAlive, !process.isAsked, !mayStay {
                process.isAsked = true
                orders.insert(.cancel(process.name))
            }
            if process.isBackingOff, !mayStay {
                process.isBackingOff = false
                orders.insert(.cancelBackoff(process.name))
            }
            process.restartAsked = false
            if !process.isAlive, !process.isBackingOff, process.isWanted, !process.isLeaving, mayRun {
                process.isAlive = true
                process.startedAt = now
                orders.insert(.start(process.name))
            }
            self[process.name] = process
            if !process.isAlive, process.isLeaving {
                self[process.name] = nil
                orders.insert(.forget(process.name))
            }
        }
        if let end = ending, !processes.contains(where: \.isAlive) {
            isRunning = false
            ending = nil
            orders.insert(.finish(end))
        }
        return orders
    }

    private mutating func decide(
        _ restart: inout RestartMachine,
        _ end: RunEnd,
        at now: RuntimeInstant
    ) -> RestartMachine.Action {
        switch end {
        case .finished: restart.finished(at: now, policy: configuration.policy, using: &jitter)
        case .failed(let errorClass):
            restart.failed(errorClass, at: now, policy: configuration.policy, using: &jitter)
        }
    }
}
