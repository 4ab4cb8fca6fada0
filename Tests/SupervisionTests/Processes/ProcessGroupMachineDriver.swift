import Supervision
import Testing

/// Tells a machine and the model the same random facts, and compares what they order.
struct ProcessGroupMachineDriver {
    var machine: ProcessGroupMachine
    var model: ProcessGroupModel
    var random: SplitMix64
    var jitter: SplitMix64
    var now = RuntimeInstant.zero
    /// Runs and backoffs under way, and all there ever were.
    var runs: [RunID: String] = [:]
    var backoffs: [RunID: String] = [:]
    var past: [RunID] = []
    var finishes = 0
    var starts = 0

    static let names = ["a", "b", "c", "d"]

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        let directives: [RestartDirective] = [.restart, .restart, .restart, .restart] + RestartDirective.allCases
        let policy = RestartPolicy(
            backoff: Backoff(base: .seconds(1), cap: .seconds(9)),
            intensity: RestartIntensity(maximumFailures: 1 + random.below(6), within: .seconds(random.pick([5, 60]))),
            onRetriable: .restart,
            onPermanent: random.pick(directives),
            onCancelled: random.pick(directives),
            onFinish: random.pick(directives),
            onIntensityExceeded: random.pick(directives)
        )
        let configuration = ProcessGroupConfiguration(policy: policy, stableAfter: .seconds(10))
        jitter = random.split()
        machine = ProcessGroupMachine(configuration: configuration)
        model = ProcessGroupModel(configuration: configuration, jitter: jitter)
    }

    mutating func step() {
        now = now.advanced(by: .seconds(random.pick([0, 0, 1, 2, 15])))
        let name = random.pick(Self.names)
        switch random.below(20) {
        case 0: startGroup()
        case 1, 2: add(name)
        case 3: remove(name)
        case 4: restart(name)
        case 5: if let run = machine.aliveRun(of: name) { stop(run, name) }
        case 6: killSwitch(engaged: true)
        case 7, 8: killSwitch(engaged: false)
        case 9: if random.oneIn(4) { shutdown() }
        case 10: tellPastFacts()
        case 11...14: if let backoff = backoffs.keys.min(by: { $0.number < $1.number }) { elapse(backoff) }
        default: endOne()
        }
        compareStates()
    }

    /// Lets everything come to its end.
    mutating func settle() {
        killSwitch(engaged: false)
        startGroup()
        shutdown()
        while let run = runs.keys.min(by: { $0.number < $1.number }) { end(run, .finished) }
        compareStates()
        #expect(machine.isIdle && backoffs.isEmpty)
    }

    private mutating func startGroup() {
        guard machine.isIdle else { return }
        check(machine.groupStarted(at: now), model.started(at: now))
    }

    private mutating func add(_ name: String) {
        let isThere = model[name] != nil
        let actions = refused(.duplicateName, isThere) { (driver) throws(SupervisionError) in
            try driver.machine.processAdded(name, at: driver.now)
        }
        if !isThere { model.processes.append(ProcessGroupModel.Process(name: name)) }
        check(actions, model.reconcile(at: now))
    }

    private mutating func remove(_ name: String) {
        let actions = refused(.unknownProcess, model[name] == nil) { (driver) throws(SupervisionError) in
            try driver.machine.removalRequested(name, at: driver.now)
        }
        model[name]?.isLeaving = true
        check(actions, model.reconcile(at: now))
    }

    private mutating func restart(_ name: String) {
        let isKnown = model[name]?.isLeaving == false
        let isRefused = !isKnown || model.isKilled
        let code: SupervisionError.Code = isKnown ? .killSwitchEngaged : .unknownProcess
        let actions = refused(code, isRefused) { (driver) throws(SupervisionError) in
            try driver.machine.restartRequested(name, at: driver.now)
        }
        check(actions, isRefused ? [] : model.restarted(name, at: now))
    }

    private mutating func stop(_ run: RunID, _ name: String) {
        let actions = machine.stopRequested(run, at: now)
        if model[name]?.isLeaving == false { model[name]?.isWanted = false }
        check(actions, model.reconcile(at: now))
    }

    private mutating func killSwitch(engaged: Bool) {
        if engaged {
            let actions = machine.killSwitchEngaged(at: now)
            model.isKilled = true
            check(actions, model.reconcile(at: now))
        } else {
            check(machine.killSwitchReleased(at: now), model.released(at: now))
        }
    }

    private mutating func shutdown() {
        let actions = machine.shutdownRequested(at: now)
        if model.isRunning, model.ending == nil { model.ending = .stopped }
        check(actions, model.reconcile(at: now))
    }

    private mutating func elapse(_ backoff: RunID) {
        guard let name = backoffs.removeValue(forKey: backoff) else { return }
        check(machine.backoffElapsed(backoff, at: now), model.backoffElapsed(name, at: now))
    }

    private mutating func endOne() {
        guard !runs.isEmpty else { return }
        let ends: [RunEnd] = [.finished] + ErrorClass.allCases.map { .failed($0) } + [.failed(.retriable)]
        end(random.pick(runs.keys.sorted { $0.number < $1.number }), random.pick(ends))
    }

    private mutating func end(_ run: RunID, _ end: RunEnd) {
        guard let name = runs.removeValue(forKey: run) else { return }
        check(machine.processEnded(run, end, at: now, using: &jitter), model.ended(name, end, at: now))
    }

    /// Facts about what is over change nothing.
    private mutating func tellPastFacts() {
        for id in past where runs[id] == nil && backoffs[id] == nil {
            #expect(machine.processEnded(id, .finished, at: now, using: &jitter) == [])
            #expect(machine.backoffElapsed(id, at: now) == [])
            #expect(machine.stopRequested(id, at: now) == [])
        }
    }

    private mutating func refused(
        _ code: SupervisionError.Code,
        _ isRefused: Bool,
        _ body: (inout Self) throws(SupervisionError) -> [ProcessGroupMachine.Action]
    ) -> [ProcessGroupMachine.Action] {
        do throws(SupervisionError) {
            let actions = try body(&self)
            #expect(!isRefused)
            return actions
        } catch {
            #expect(isRefused && error.code == code)
            return []
        }
    }

    private mutating func check(_ actions: [ProcessGroupMachine.Action], _ expected: Set<ProcessGroupModel.Order>) {
        let orders = actions.map { carryOut($0) }
        #expect(Set(orders) == expected)
        #expect(orders.count == expected.count)
    }

    private mutating func carryOut(_ action: ProcessGroupMachine.Action) -> ProcessGroupModel.Order {
        switch action {
        case .startProcess(let name, let run):
            #expect(!runs.values.contains(name) && !past.contains(run), "two runs of one process")
            runs[run] = name
            past.append(run)
            starts += 1
            return .start(name)
        case .cancelProcess(let run):
            #expect(machine.stopCause(of: run) == (machine.killedSince != nil ? .killSwitch : .requested))
            return .cancel(runs[run] ?? "?")
        case .startBackoff(let id, let delay):
            let name = model.processes.first { $0.isBackingOff && !backoffs.values.contains($0.name) }?.name ?? "?"
            backoffs[id] = name
            past.append(id)
            return .backOff(name, delay)
        case .cancelBackoff(let id): return .cancelBackoff(backoffs.removeValue(forKey: id) ?? "?")
        case .forgetProcess(let name): return .forget(name)
        case .finishGroup(let end):
            finishes += 1
            return .finish(end)
        }
    }

    private func compareStates() {
        let status = machine.status(at: now)
        #expect(status.processes.map(\.name) == model.processes.map(\.name))
        #expect(status.phase == (model.isRunning ? (model.ending == nil ? .running : .ending) : .idle))
        #expect((status.killedFor != nil) == model.isKilled)
        for (process, expected) in zip(status.processes, model.processes) {
            let matches =
                switch process.state {
                case .held: !expected.isAlive && !expected.isBackingOff && expected.isWanted
                case .running: expected.isAlive && !expected.isAsked
                case .stopping: expected.isAlive && expected.isAsked
                case .backingOff: expected.isBackingOff
                case .stopped: !expected.isAlive && !expected.isWanted
                }
            #expect(matches, "\(process) \(expected)")
        }
    }
}
