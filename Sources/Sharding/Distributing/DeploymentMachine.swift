package import Supervision

/// Decides what one node of a deployment does: which leases it asks for, renews and gives back, and which processes it starts,
/// asks to end, and cancels.
///
/// Inputs are facts, each answered with what to do, in order. What a process is to do follows from what is known at that
/// moment (`reconcile`), whatever has led there. States of the node:
/// - idle → joining, by ``started(at:)``;
/// - joining → member, when its own lease is granted; → leaving, when its name is taken;
/// - member → clearing, when its own lease is lost: everything is cancelled;
/// - clearing → joining, as another incarnation, when nothing runs any more;
/// - idle, joining, member, clearing → leaving, by ``stopRequested(at:)`` or an escalation;
/// - leaving → left, when nothing runs any more and all leases are given back (`finish` says so).
///
/// See `Phase` for a process's states.
package struct DeploymentMachine: Sendable {
    enum Mode: Sendable, Hashable {
        case idle, joining, member, clearing, leaving, left
    }

    let deployment: String
    let node: String
    let configuration: DistributedProcessingConfiguration
    var generator: SplitMix64
    var mode = Mode.idle
    var end = DeploymentEnd.stopped
    /// Tells this run of the node from others.
    var incarnation: UInt64 = 0
    /// What this node has been before it joined again.
    var pastIncarnations: [UInt64] = []
    /// The node's own lease.
    var membership: Holding?
    var isMembershipLost = false
    var rival: Rival?
    var entries: [String: Entry] = [:]
    /// The processes, sorted.
    var names: [String] = []
    /// Which process a run belongs to.
    var owners: [RunID: String] = [:]
    /// How many of these runs were given up.
    var abandonedRuns = 0
    var view: View?
    /// What the plan was made from.
    var roll: DeploymentRoll?
    /// Which node is to run each process.
    var plan: [String: String] = [:]
    /// Processes that are to be leased.
    var claims: Set<String> = []
    /// Processes that are asked for.
    var acquiring: Set<String> = []
    /// Leases to be given back.
    var releases: [Fence.Scope: Release] = [:]
    var calls = DeploymentCalls()
    var schedule = Schedule()
    /// What the store knows that this node offers.
    var offered: [String]?
    var isOfferDue = false
    var isPictureDue = false
    var isStoreFailing = false
    var actions: [Action] = []
    /// No entry has anything due before.
    private var entriesDeadline = RuntimeInstant.distantFuture
    private var lastNumber: UInt64 = 0

    /// A node without processes.
    ///
    /// - Parameter generator: where jitter and the numbers of incarnations come from.
    package init(
        deployment: String, node: String, configuration: DistributedProcessingConfiguration, generator: SplitMix64
    ) {
        self.deployment = deployment
        self.node = node
        self.configuration = configuration
        self.generator = generator
    }

    /// The node's run begins.
    package mutating func started(at now: RuntimeInstant) -> [Action] {
        precondition(mode == .idle, "a node was started while \(mode)")
        join(at: now)
        return advance(at: now)
    }

    /// The node is to leave: its processes are asked to end, and others may run them.
    package mutating func stopRequested(at now: RuntimeInstant) -> [Action] {
        leave(.stopped, at: now)
        return advance(at: now)
    }

    /// Time has passed.
    package mutating func ticked(at now: RuntimeInstant) -> [Action] { advance(at: now) }

    /// When something is to be done though nothing happens.
    package func nextDeadline() -> RuntimeInstant {
        var deadline = calls.deadline
        if mode == .member || mode == .leaving, !isMembershipLost, let membership {
            deadline = min(deadline, membership.lease.deadline)
        }
        // Should no call be possible any more, what was to be given back lapses by itself.
        if mode == .leaving { deadline = min(deadline, releases.values.lazy.map(\.until).min() ?? .distantFuture) }
        for call in DeploymentCall.all { deadline = min(deadline, dueTime(of: call) ?? .distantFuture) }
        return min(deadline, entriesDeadline)
    }

    /// What the node can run now.
    var offers: [String] { names.filter { entries[$0]?.isOffered ?? false } }

    /// Does what is due, and then sends the calls that are.
    mutating func advance(at now: RuntimeInstant) -> [Action] {
        lapse(at: now)
        if entriesDeadline <= now {
            for name in names where entries[name].map({ $0.deadline <= now }) ?? false { reconcile(name, at: now) }
            entriesDeadline = entries.values.lazy.map(\.deadline).min() ?? .distantFuture
        }
        proceed(at: now)
        sendCalls(at: now)
        // What was to be given back may have lapsed meanwhile.
        proceed(at: now)
        defer { actions = [] }
        return actions
    }

    /// A process's entry was changed.
    mutating func update(_ name: String, _ entry: Entry) {
        entries[name] = entry
        entriesDeadline = min(entriesDeadline, entry.deadline)
    }

    /// A process leaves the node.
    mutating func forget(_ name: String) {
        entries[name] = nil
        names.removeAll { $0 == name }
        claims.remove(name)
        actions.append(.forget(process: name))
    }

    mutating func nextNumber() -> UInt64 {
        lastNumber += 1
        return lastNumber
    }
}
