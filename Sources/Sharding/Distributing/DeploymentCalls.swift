import Supervision

/// The calls of a node to its store that are unanswered: those that are waited for, and those that were given up, which may
/// still be answered.
struct DeploymentCalls: Sendable {
    typealias ID = DeploymentMachine.CallID
    typealias Call = DeploymentMachine.Call

    private var waiting: [ID: Call] = [:]
    private var givenUp: [ID: Call] = [:]
    private var waitingCounts: [DeploymentCall: Int] = [:]
    private var givenUpCounts: [DeploymentCall: Int] = [:]
    /// When the first that is waited for is given up.
    private(set) var deadline = RuntimeInstant.distantFuture

    /// Whether a call of this kind is waited for.
    func isOut(_ kind: DeploymentCall) -> Bool { waitingCounts[kind, default: 0] > 0 }

    /// How many calls of this kind are unanswered.
    func count(of kind: DeploymentCall) -> Int {
        waitingCounts[kind, default: 0] + givenUpCounts[kind, default: 0]
    }

    subscript(id: ID) -> Call? { waiting[id] ?? givenUp[id] }

    mutating func sent(_ id: ID, _ call: Call) {
        waiting[id] = call
        waitingCounts[call.kind, default: 0] += 1
        deadline = min(deadline, call.deadline)
    }

    /// A call has ended.
    ///
    /// - Returns: what it was; `nil` for one that isn't known.
    mutating func ended(_ id: ID) -> Call? {
        if let call = waiting.removeValue(forKey: id) {
            waitingCounts[call.kind, default: 0] -= 1
            if call.deadline <= deadline { findDeadline() }
            return call
        }
        guard let call = givenUp.removeValue(forKey: id) else { return nil }
        givenUpCounts[call.kind, default: 0] -= 1
        return call
    }

    /// Gives up those that take too long.
    ///
    /// - Returns: them, in the order in which they were sent.
    mutating func giveUp(at now: RuntimeInstant) -> [(id: ID, call: Call)] {
        if deadline > now { return [] }
        let late = waiting.filter { $0.value.deadline <= now }.sorted { $0.key.number < $1.key.number }
        for (id, call) in late {
            waiting[id] = nil
            waitingCounts[call.kind, default: 0] -= 1
            givenUp[id] = call
            givenUp[id]?.isGivenUp = true
            givenUpCounts[call.kind, default: 0] += 1
        }
        findDeadline()
        return late.map { ($0.key, $0.value) }
    }

    private mutating func findDeadline() {
        deadline = waiting.values.lazy.map(\.deadline).min() ?? .distantFuture
    }
}

extension DeploymentCall {
    /// In the order in which they are sent when several are due: what keeps leases first.
    static let all: [DeploymentCall] = [.renew, .join, .release, .offer, .look, .acquire]
}
