import Supervision

extension DeploymentMachine {
    /// A lease that this node has.
    struct Holding: Sendable {
        let fence: Fence
        var lease: LeaseMachine
    }

    /// What a process is doing on this node.
    ///
    /// - resting → running: it is leased, and is to run here.
    /// - running → draining: it is to end; → aborting: its lease is lost; → backing off, resting: it ended by itself.
    /// - draining → aborting: it took too long, or its lease is lost; → resting: it ended.
    /// - aborting → abandoned: it didn't end; → resting: it ended.
    /// - abandoned → resting: it ended after all.
    /// - backing off → running: the wait is over; → resting: it isn't to run here any more.
    enum Phase: Sendable, Hashable {
        case resting
        case running(RunID)
        case draining(RunID, DrainCause, until: RuntimeInstant)
        case aborting(RunID, until: RuntimeInstant)
        case abandoned(RunID)
        case backingOff(until: RuntimeInstant)
    }

    /// What the machine remembers of a process that this node can run.
    struct Entry: Sendable {
        let policy: RestartPolicy
        var phase = Phase.resting
        var phaseSince: RuntimeInstant
        /// Its lease, from when it is granted until it is to be released or is lost.
        var holding: Holding?
        var restart = RestartMachine()
        /// Not offered before: it has failed past its policy.
        var givenUpUntil: RuntimeInstant?
        var givenUpFor: StopReason?
        var isLeaving = false
        var isToRestart = false
        var starts = 0

        init(policy: RestartPolicy, at now: RuntimeInstant) {
            self.policy = policy
            phaseSince = now
        }

        mutating func enter(_ phase: Phase, at now: RuntimeInstant) {
            self.phase = phase
            phaseSince = now
        }

        /// The run that has started and not ended.
        var run: RunID? {
            switch phase {
            case .running(let run), .draining(let run, _, _), .aborting(let run, _), .abandoned(let run): run
            case .resting, .backingOff: nil
            }
        }

        var isAbandoned: Bool {
            if case .abandoned = phase { true } else { false }
        }

        /// Whether the node's renewals include its lease: what can't be made to end is let lapse.
        var isRenewed: Bool { holding != nil && !isAbandoned }

        /// Whether the node has its lease, and means to keep it for now.
        var isHeld: Bool { isRenewed && !(holding?.lease.isLost ?? true) }

        /// Whether the node offers to run it.
        var isOffered: Bool { !isLeaving && givenUpUntil == nil && !isAbandoned }

        /// When something is to be done about it by itself.
        var deadline: RuntimeInstant {
            var deadline = givenUpUntil ?? .distantFuture
            switch phase {
            case .draining(_, _, let until), .backingOff(let until): deadline = min(deadline, until)
            case .aborting(_, let until): return min(deadline, until)
            case .resting, .running: break
            case .abandoned: return deadline
            }
            if let holding { deadline = min(deadline, holding.lease.deadline) }
            return deadline
        }
    }
}
