import Sharding

/// An entity told as a story: where it is, and whether there is something that no turn has looked at.
struct EntityModel {
    enum Input {
        case work, loaded, start, end, endWithMore, commit, committed, committedWithMore, fail, backoffOver
        case abandon, callReturned, passivate, activate

        func apply(to machine: inout EntityMachine) -> Bool {
            switch self {
            case .work: return machine.workArrived() == .enqueue
            case .loaded: return machine.loaded() == .enqueue
            case .start: machine.turnStarted()
            case .end: return machine.turnEnded(moreWork: false) == .enqueue
            case .endWithMore: return machine.turnEnded(moreWork: true) == .enqueue
            case .commit: machine.turnHandedToCommit()
            case .committed: return machine.committed(moreWork: false) == .enqueue
            case .committedWithMore: return machine.committed(moreWork: true) == .enqueue
            case .fail: machine.backoffStarted()
            case .backoffOver: return machine.backoffElapsed() == .enqueue
            case .abandon: machine.callAbandoned()
            case .callReturned: return machine.abandonedCallReturned() == .enqueue
            case .passivate: machine.passivated()
            case .activate: machine.activated()
            }
            return false
        }
    }

    private(set) var phase = EntityMachine.Phase.loading
    private var isUnseen = false

    /// What may happen to it now.
    var possibleInputs: [Input] {
        switch phase {
        case .loading: [.work, .loaded]
        case .idle: [.work, .passivate]
        case .ready: [.work, .start]
        case .running: [.work, .end, .endWithMore, .commit, .fail, .abandon]
        case .committing: [.work, .committed, .committedWithMore, .fail]
        case .backingOff: [.work, .backoffOver]
        case .abandoned: [.work, .callReturned]
        case .passive: [.activate]
        }
    }

    /// Whether it joins the ready queue.
    mutating func apply(_ input: Input) -> Bool {
        switch input {
        case .work, .endWithMore, .committedWithMore, .backoffOver, .abandon: isUnseen = true
        case .start: isUnseen = false
        default: break
        }
        switch (phase, input) {
        case (.idle, .work): phase = .idle
        case (_, .work): return false
        case (_, .start): phase = .running
        case (_, .commit): phase = .committing
        case (_, .fail): phase = .backingOff
        case (_, .abandon): phase = .abandoned
        case (_, .passivate): phase = .passive
        case (_, .activate): phase = .loading
        default: phase = .idle
        }
        guard phase == .idle, isUnseen else { return false }
        phase = .ready
        return true
    }
}
