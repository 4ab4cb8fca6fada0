import Supervision
import Testing

@testable import Sharding

/// Nodes of a deployment around one table of leases: everything that takes time takes a random one, and everything that can
/// be lost may be.
struct DeploymentWorld {
    /// Chances are out of a hundred.
    struct Faults {
        var lostBefore = 0
        var lostAfter = 0
        var slow = 0
        var failing = 0
        var stubborn = 0

        static let none = Faults()
    }

    /// A node, and its shell.
    struct Node {
        struct Run {
            let process: String
            let fence: Fence
            var lease: LeaseMachine
            var isDraining = false
        }

        var machine: DeploymentMachine
        /// Tells it from those of the same name that were before.
        let life: Int
        var runs: [RunID: Run] = [:]
        var pausedUntil = RuntimeInstant.zero
        var end: DeploymentEnd?
        /// How often in a row something was left that was due already.
        var overdue = 0
    }

    enum Event {
        case tick
        case carryOut(DeploymentMachine.Action)
        case answer(DeploymentMachine.CallID, DeploymentMachine.Answer, sentAt: RuntimeInstant)
        case fail(DeploymentMachine.CallID)
        case end(RunID, RunEnd)
    }

    struct Scheduled {
        let time: RuntimeInstant
        let serial: Int
        let node: String
        let life: Int
        let event: Event
    }

    static let deployment = "shop"
    let configuration: DistributedProcessingConfiguration
    var random: SplitMix64
    var faults = Faults.none
    var now = RuntimeInstant.zero
    var table = LeaseTable()
    var epochs = CountedEpochs()
    var nodes: [String: Node] = [:]
    var agenda: [Scheduled] = []
    var log: [String] = []
    /// Processes whose runs on a node don't end, whatever they are asked to.
    var hanging: Set<String> = []
    private var serial = 0

    init(seed: UInt64, configuration: DistributedProcessingConfiguration = DistributedProcessingConfiguration()) {
        random = SplitMix64(seed: seed)
        self.configuration = configuration
    }

    var moment: LeaseMoment {
        LeaseMoment(now: now, wallTime: Timestamp(nanosecondsSince1970: now.nanoseconds))
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    mutating func wait(_ range: ClosedRange<Int>) -> Duration { .milliseconds(Int.random(in: range, using: &random)) }

    // MARK: - nodes

    mutating func start(_ name: String, _ processes: [String]) throws {
        serial += 1
        let machine = DeploymentMachine(
            deployment: Self.deployment, node: name, configuration: configuration,
            generator: SplitMix64(seed: random.next()))
        nodes[name] = Node(machine: machine, life: serial)
        for process in processes {
            let policy = RestartPolicy.distributed
            try input(name) { (machine, now) throws(LeaseError) in
                try machine.processAdded(process, policy: policy, at: now)
            }
        }
        try input(name) { $0.started(at: $1) }
    }

    /// The node's process is killed: nothing of it happens any more.
    mutating func crash(_ name: String) { nodes[name] = nil }

    mutating func input<Failure>(
        _ name: String, _ fact: (inout DeploymentMachine, RuntimeInstant) throws(Failure) -> [DeploymentMachine.Action]
    ) throws {
        let now = now
        guard let actions = try nodes[name].mutate({ try fact(&$0.machine, now) }) else { return }
        for action in actions { try perform(action, name) }
        guard let deadline = nodes[name]?.machine.nextDeadline(), nodes[name]?.end == nil else { return }
        // What follows from the calls that were just sent is done at the next tick.
        let overdue = deadline <= now ? (nodes[name]?.overdue ?? 0) + 1 : 0
        nodes[name]?.overdue = overdue
        if overdue > 2 { throw Violation("\(name) is to do at \(deadline) what it doesn't do at \(now)") }
        // A tick for each input would be too many, but one too few would never be missed.
        if deadline < .distantFuture { schedule(name, at: max(deadline, now.advanced(by: .milliseconds(1))), .tick) }
    }

    // MARK: - what they do

    private mutating func perform(_ action: DeploymentMachine.Action, _ name: String) throws {
        switch action {
        case .start(let process, let run, let fence, let lease):
            if nodes[name]?.runs.values.contains(where: { $0.process == process }) ?? true {
                throw Violation("\(process) runs twice on \(name)")
            }
            nodes[name]?.runs[run] = Node.Run(process: process, fence: fence, lease: lease)
            log.append("\(now) \(name) starts \(process) epoch \(fence.epoch)")
            if chance(faults.failing) { schedule(name, after: wait(0...5000), .end(run, .failed(.retriable))) }
        case .drain(let run, let cause):
            log.append("\(now) \(name) drains \(nodes[name]?.runs[run]?.process ?? "?"): \(cause)")
            nodes[name]?.runs[run]?.isDraining = true
            if hangs(run, on: name) { return }
            schedule(name, after: chance(faults.stubborn) ? .seconds(60) : wait(0...300), .end(run, .finished))
        case .abort(let run, let cause):
            log.append("\(now) \(name) aborts \(nodes[name]?.runs[run]?.process ?? "?"): \(cause)")
            if cause != .overdue { nodes[name]?.runs[run]?.lease.lost() }
            if hangs(run, on: name) { return }
            schedule(name, after: chance(faults.stubborn) ? .seconds(30) : wait(0...50), .end(run, .failed(.cancelled)))
        case .release(_, let fences):
            for run in nodes[name]?.runs.values.map({ $0 }) ?? [] {
                if fences.contains(run.fence) { throw Violation("\(name) gives \(run.process) back while it runs") }
            }
            send(action, name)
        case .join, .offer, .readVersion, .readSummary, .readPicture, .renew, .acquire: send(action, name)
        case .finish(let end):
            #expect(nodes[name]?.end == nil)
            nodes[name]?.end = end
        case .giveUp, .forget: break
        case .tell(let event): log.append("\(now) \(name) tells \(event)")
        }
    }

    private func hangs(_ run: RunID, on name: String) -> Bool {
        nodes[name]?.runs[run].map { hanging.contains("\($0.process) on \(name)") } ?? false
    }

    private mutating func send(_ action: DeploymentMachine.Action, _ name: String) {
        guard let id = Self.call(of: action) else { return }
        let way = chance(faults.slow) ? wait(0...15_000) : wait(0...20)
        if chance(faults.lostBefore) {
            schedule(name, after: way, .fail(id))
        } else {
            // Carried out even when its node has died meanwhile.
            schedule(name, at: now.advanced(by: way), .carryOut(action), sentAt: now)
        }
    }

    private static func call(of action: DeploymentMachine.Action) -> DeploymentMachine.CallID? {
        switch action {
        case .join(let id, _), .offer(let id, _, _), .readVersion(let id, _, _), .readSummary(let id),
            .readPicture(let id), .renew(let id, _), .acquire(let id, _, _), .release(let id, _):
            id
        case .giveUp, .start, .drain, .abort, .forget, .tell, .finish: nil
        }
    }

    // MARK: - what happens

    private mutating func schedule(_ name: String, after delay: Duration, _ event: Event) {
        schedule(name, at: now.advanced(by: delay), event)
    }

    private var sentAt: [Int: RuntimeInstant] = [:]

    private mutating func schedule(
        _ name: String, at time: RuntimeInstant, _ event: Event, sentAt: RuntimeInstant? = nil
    ) {
        guard let life = nodes[name]?.life else { return }
        serial += 1
        if let sentAt { self.sentAt[serial] = sentAt }
        let scheduled = Scheduled(time: time, serial: serial, node: name, life: life, event: event)
        let place = agenda.partitioningIndex { ($0.time, $0.serial) < (time, scheduled.serial) }
        agenda.insert(scheduled, at: place)
    }

    /// Goes on until this instant.
    mutating func run(until end: RuntimeInstant) throws {
        while let next = agenda.last, next.time <= end {
            agenda.removeLast()
            now = max(now, next.time)
            try happen(next)
            try expectOneHolder()
        }
        now = end
    }

    private mutating func happen(_ next: Scheduled) throws {
        let name = next.node
        let isThere = nodes[name]?.life == next.life && nodes[name]?.end == nil
        if case .carryOut(let action) = next.event {
            return try carryOut(action, name, next.life, sentAt: sentAt.removeValue(forKey: next.serial) ?? now)
        }
        guard isThere, let node = nodes[name] else { return }
        if node.pausedUntil > now { return schedule(name, at: node.pausedUntil, next.event) }
        switch next.event {
        case .tick:
            if node.machine.nextDeadline() <= now { try input(name) { $0.ticked(at: $1) } }
        case .answer(let id, let answer, let sentAt):
            if case .renewed(let answers) = answer { tellRuns(name, id, answers, sentAt) }
            try input(name) { $0.answered(id, answer, at: $1) }
        case .fail(let id): try input(name) { $0.failed(id, LeaseError(.unavailable, "lost"), at: $1) }
        case .end(let run, let end):
            guard nodes[name]?.runs.removeValue(forKey: run) != nil else { return }
            try input(name) { $0.processEnded(run, end, at: $1) }
        case .carryOut: break
        }
    }

    private mutating func tellRuns(
        _ name: String, _ id: DeploymentMachine.CallID, _ answers: [Bool], _ sentAt: RuntimeInstant
    ) {
        guard let fences = nodes[name]?.machine.calls[id]?.fences else { return }
        for (fence, isRenewed) in zip(fences, answers) {
            for run in nodes[name]?.runs.filter({ $0.value.fence == fence }).keys.map({ $0 }) ?? [] {
                nodes[name]?.runs[run]?.lease.renewalAnswered(isRenewed, sentAt: sentAt, at: now)
            }
        }
    }

    private mutating func carryOut(
        _ action: DeploymentMachine.Action, _ name: String, _ life: Int, sentAt: RuntimeInstant
    ) throws {
        guard let id = Self.call(of: action) else { return }
        let event: Event
        do {
            event = .answer(id, try answer(to: action, name), sentAt: sentAt)
        } catch {
            event = .fail(id)
        }
        guard nodes[name]?.life == life else { return }
        let way = chance(faults.slow) ? wait(0...15_000) : wait(0...20)
        schedule(name, after: way, chance(faults.lostAfter) ? .fail(id) : event)
    }

    private mutating func answer(
        to action: DeploymentMachine.Action, _ name: String
    ) throws(LeaseError) -> DeploymentMachine.Answer {
        let ttl = configuration.ttl
        switch action {
        case .join(_, let incarnation):
            let holder = LeaseHolder(node: name, incarnation: incarnation)
            let scope = Fence.Scope.node(name, of: Self.deployment)
            return .joined(try table.acquire([scope], for: holder, ttl: ttl, at: moment, epochs: &epochs)[0])
        case .acquire(_, let scopes, let incarnation):
            let holder = LeaseHolder(node: name, incarnation: incarnation)
            return .acquired(try table.acquire(scopes, for: holder, ttl: ttl, at: moment, epochs: &epochs))
        case .offer(_, let processes, let fence):
            try table.offer(processes, by: fence)
            return .offered
        case .renew(_, let fences): return .renewed(try table.renew(fences, ttl: ttl, at: moment))
        case .readVersion: return .version(table.version(of: Self.deployment))
        case .readSummary: return .summary(LeaseSummary(table.picture(of: Self.deployment, at: now)))
        case .readPicture: return .picture(table.picture(of: Self.deployment, at: now))
        default:
            if case .release(_, let fences) = action { table.release(fences, at: moment, epochs: &epochs) }
            return .released
        }
    }

    // MARK: - what must hold

    /// Who may run a process now, by the leases that the runs themselves see.
    var holders: [String: [String]] {
        var holders: [String: [String]] = [:]
        for (name, node) in nodes {
            for run in node.runs.values where run.lease.mayRun(at: now) {
                holders[run.process, default: []].append(name)
            }
        }
        return holders
    }

    private func expectOneHolder() throws {
        var holders: [String: String] = [:]
        for (name, node) in nodes {
            for run in node.runs.values where run.lease.mayRun(at: now) {
                let other = holders.updateValue(name, forKey: run.process)
                if other == nil, table.isCurrent(run.fence) { continue }
                throw Violation(
                    """
                    \(run.process) is held by \(name) and \(other ?? "nobody else") at \(now), epoch \(run.fence.epoch)
                    \(log.suffix(60).joined(separator: "\n"))
                    """)
            }
        }
    }
}

/// Something came about that never may.
struct Violation: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

extension Optional {
    /// In place, without a copy.
    fileprivate mutating func mutate<Value>(_ body: (inout Wrapped) throws -> Value) rethrows -> Value? {
        try self != nil ? body(&self!) : nil
    }
}

extension Array {
    /// The first place whose element isn't in order before; the array is sorted latest first.
    fileprivate func partitioningIndex(_ isEarlier: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isEarlier(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
