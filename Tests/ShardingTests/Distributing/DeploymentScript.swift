import Supervision

@testable import Sharding

/// A node "a" of the deployment "shop" and its store, which answers when it is told to.
struct DeploymentScript {
    var machine: DeploymentMachine
    var store = LeaseTable()
    var epochs = CountedEpochs()
    var now = RuntimeInstant.zero
    /// Whether calls stay unanswered.
    var isStoreSilent = false
    /// Whether what is asked for is done, and then fails.
    var losesAnswers = false
    private var waiting: [DeploymentMachine.Action] = []
    private var runs: [String: RunID] = [:]
    /// What the machine has ordered since the script was last told to go on.
    private(set) var taken: [String] = []
    private var occupied: Fence?

    init(_ configuration: DistributedProcessingConfiguration) {
        machine = DeploymentMachine(
            deployment: "shop", node: "a", configuration: configuration, generator: SplitMix64(seed: 1))
    }

    /// Something happens.
    mutating func happen<Failure>(
        _ fact: (inout DeploymentMachine, RuntimeInstant) throws(Failure) -> [DeploymentMachine.Action]
    ) throws(Failure) {
        taken = []
        try apply(fact)
    }

    private mutating func apply<Failure>(
        _ fact: (inout DeploymentMachine, RuntimeInstant) throws(Failure) -> [DeploymentMachine.Action]
    ) throws(Failure) {
        for action in try fact(&machine, now) {
            taken.append(describe(action))
            switch action {
            case .start(let process, let run, _, _): runs[process] = run
            case .join, .offer, .readVersion, .readSummary, .readPicture, .renew, .acquire, .release:
                waiting.append(action)
            case .giveUp, .drain, .abort, .forget, .tell, .finish: break
            }
        }
    }

    /// Joins, and starts what there is to start.
    mutating func join() {
        apply { $0.started(at: $1) }
        for _ in 0..<5 { answer() }
        taken = []
    }

    /// Answers all that has been asked by now.
    mutating func answerAll() {
        taken = []
        answer()
    }

    /// Carries out all that has been asked by now; the answers come a while later, before anything else.
    mutating func answerAll(after delay: Duration) {
        taken = []
        deliver(carryOutWaiting(), at: now.advanced(by: delay))
    }

    private mutating func answer() {
        if !isStoreSilent { deliver(carryOutWaiting(), at: now) }
    }

    private mutating func carryOutWaiting() -> [(DeploymentMachine.CallID, DeploymentMachine.Answer?)] {
        let asked = waiting
        waiting = []
        var answers: [(DeploymentMachine.CallID, DeploymentMachine.Answer?)] = []
        for action in asked { answers.append(carryOut(action)) }
        return answers
    }

    private mutating func deliver(
        _ answers: [(DeploymentMachine.CallID, DeploymentMachine.Answer?)], at time: RuntimeInstant
    ) {
        now = time
        for (id, answer) in answers {
            if losesAnswers || answer == nil {
                apply { $0.failed(id, LeaseError(.unavailable, "lost"), at: $1) }
            } else if let answer {
                apply { $0.answered(id, answer, at: $1) }
            }
        }
    }

    /// Lets time pass in steps; the store answers at each.
    mutating func advance(by duration: Duration) {
        taken = []
        let end = now.advanced(by: duration)
        while now < end {
            now = min(end, now.advanced(by: .milliseconds(10)))
            if machine.nextDeadline() <= now { apply { $0.ticked(at: $1) } }
            answer()
        }
    }

    mutating func end(_ process: String, _ end: RunEnd) {
        guard let run = runs.removeValue(forKey: process) else { return }
        taken = []
        apply { $0.processEnded(run, end, at: $1) }
        answer()
    }

    // MARK: - others

    private var moment: LeaseMoment {
        LeaseMoment(now: now, wallTime: Timestamp(nanosecondsSince1970: now.nanoseconds))
    }

    private func scope(_ process: String) -> Fence.Scope { Fence.Scope(deployment: "shop", process: process) }

    mutating func takeAway(_ process: String) {
        let holder = LeaseHolder(node: "operator", incarnation: 7)
        do {
            _ = try store.takeOver(scope(process), for: holder, ttl: .seconds(600), at: moment, epochs: &epochs)
        } catch {
            preconditionFailure("\(error)")
        }
    }

    /// Another process of the system has this lease.
    mutating func occupy(_ process: String) throws {
        let holder = LeaseHolder(node: "a", incarnation: 7)
        let answers = try store.acquire([scope(process)], for: holder, ttl: .seconds(10), at: moment, epochs: &epochs)
        if case .granted(let fence) = answers[0] { occupied = fence }
    }

    mutating func renewOccupied() throws {
        if let occupied { _ = try store.renew([occupied], ttl: .seconds(10), at: moment) }
    }

    /// A call of the node's that was given up is carried out after all.
    mutating func offerBehindItsBack(_ processes: [String]) throws {
        guard let fence = machine.membership?.fence else { return }
        try store.offer(processes, by: fence)
    }

    // MARK: - the store

    private mutating func carryOut(
        _ action: DeploymentMachine.Action
    ) -> (DeploymentMachine.CallID, DeploymentMachine.Answer?) {
        let ttl = machine.configuration.ttl
        do {
            switch action {
            case .join(let id, let incarnation):
                let holder = LeaseHolder(node: "a", incarnation: incarnation)
                return (id, .joined(try acquire([scope("@a")], holder, ttl)[0]))
            case .acquire(let id, let scopes, let incarnation):
                return (id, .acquired(try acquire(scopes, LeaseHolder(node: "a", incarnation: incarnation), ttl)))
            case .offer(let id, let processes, let fence):
                do { try store.offer(processes, by: fence) } catch { return (id, nil) }
                return (id, .offered)
            case .renew(let id, let fences): return (id, .renewed(try store.renew(fences, ttl: ttl, at: moment)))
            case .readVersion(let id, _, _): return (id, .version(store.version(of: "shop")))
            case .readSummary(let id): return (id, .summary(LeaseSummary(store.picture(of: "shop", at: now))))
            case .readPicture(let id): return (id, .picture(store.picture(of: "shop", at: now)))
            case .release(let id, let fences):
                store.release(fences, at: moment, epochs: &epochs)
                return (id, .released)
            case .giveUp, .start, .drain, .abort, .forget, .tell, .finish: preconditionFailure("no call: \(action)")
            }
        } catch {
            preconditionFailure("\(error)")
        }
    }

    private mutating func acquire(
        _ scopes: [Fence.Scope], _ holder: LeaseHolder, _ ttl: Duration
    ) throws -> [LeaseAnswer] {
        try store.acquire(scopes, for: holder, ttl: ttl, at: moment, epochs: &epochs)
    }

    // MARK: - in words

    private func describe(_ action: DeploymentMachine.Action) -> String {
        func list(_ word: String, _ names: [String]) -> String { ([word] + names).joined(separator: " ") }
        func process(_ run: RunID) -> String { runs.first { $0.value == run }?.key ?? "?" }
        return switch action {
        case .join: "join"
        case .offer(_, let names, _): list("offer", names)
        case .readVersion: "version"
        case .readSummary: "summary"
        case .readPicture: "picture"
        case .renew(_, let fences): list("renew", fences.map(\.scope.process))
        case .acquire(_, let scopes, _): list("acquire", scopes.map(\.process))
        case .release(_, let fences): list("release", fences.map(\.scope.process))
        case .giveUp: "give up"
        case .start(let process, _, let fence, _): "start \(process) \(fence.epoch)"
        case .drain(let run, let cause): "drain \(process(run)) \(Self.word(cause))"
        case .abort(let run, let cause): "abort \(process(run)) \(cause)"
        case .forget(let process): "forget \(process)"
        case .tell(let event): "tell \(Self.words(event))"
        case .finish(.stopped): "finish stopped"
        case .finish(.escalated(let process, _)): "finish escalated \(process)"
        case .finish(.refused(let error)):
            (error as? LeaseError)?.code == .nameTaken ? "finish refused nameTaken" : "finish refused"
        }
    }

    private static func word(_ cause: DrainCause) -> String {
        switch cause {
        case .stopping: "stopping"
        case .removed: "removed"
        case .moved: "moved"
        case .paused: "paused"
        case .killed: "killed"
        case .restarting: "restarting"
        }
    }

    private static func words(_ event: DeploymentEvent) -> String {
        switch event {
        case .joined: "joined"
        case .nameAwaited: "nameAwaited"
        case .nodeLost: "nodeLost"
        case .left: "left"
        case .leased(let process, _): "leased \(process)"
        case .takenOver(let process, _): "takenOver \(process)"
        case .started(let process, _): "started \(process)"
        case .draining(let process, _): "draining \(process)"
        case .aborted(let process, _): "aborted \(process)"
        case .ended(let process, _): "ended \(process)"
        case .abandoned(let process): "abandoned \(process)"
        case .returned(let process): "returned \(process)"
        case .restarting(let process, _, _): "restarting \(process)"
        case .gaveUp(let process, _, _): "gaveUp \(process)"
        case .released(let process): "released \(process)"
        case .storeFailed: "storeFailed"
        case .storeRecovered: "storeRecovered"
        case .partitionsUnknown: "partitionsUnknown"
        case .partitionsKnown: "partitionsKnown"
        }
    }
}
