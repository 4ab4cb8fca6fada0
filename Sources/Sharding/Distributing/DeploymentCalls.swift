import Supervision

/// The calls of a node to its store that are unanswered: those that are waited for, and those that were given up, which may
/// still be answered.
struct DeploymentCalls: Sendable {
    typealias ID = DeploymentMachine.CallID
    typealias Call = DeploymentMachine.Call

    private var waiting: [ID: Call] = [:]
    private var givenUp: [ID: Call] = [:]
    /// How many of each kind there are, by place in the order of kinds.
    private var waitingCounts = [Int](repeating: 0, count: DeploymentCall.all.count)
    private var givenUpCounts = [Int](repeating: 0, count: DeploymentCall.all.count)
    /// When the first that is waited for is given up.
    private(set) var deadline = RuntimeInstant.distantFuture

    /// Whether a call of this kind is waited for.
    func isOut(_ kind: DeploymentCall) -> Bool { waitingCounts[kind.place] > 0 }

    /// How many calls of this kind are unanswered.
    func count(of kind: DeploymentCall) -> Int { waitingCounts[kind.place] + givenUpCounts[kind.place] }

    subscript(id: ID) -> Call? { waiting[id] ?? givenUp[id] }

    mutating func sent(_ id: ID, _ call: Call) {
        waiting[id] = call
        waitingCounts[call.kind.place] += 1
        deadline = min(deadline, call.deadline)
    }

    /// A call has ended.
    ///
    /// - Returns: what it was; `nil` for one that isn't known.
    mutating func ended(_ id: ID) -> Call? {
        if let call = waiting.removeValue(forKey: id) {
            waitingCounts[call.kind.place] -= 1
            if call.deadline <= deadline { findDeadline() }
            return call
        }
        guard let call = givenUp.removeValue(forKey: id) else { return nil }
        givenUpCounts[call.kind.place] -= 1
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
            waitingCounts[call.kind.place] -= 1
            givenUp[id] = call
            givenUp[id]?.isGivenUp = true
            givenUpCounts[call.kind.place] += 1
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

    /// Its place in that order.
    fileprivate var place: Int {
        switch self {
        case .renew: 0
        case .join: 1
        case .release: 2
        case .offer: 3
        case .look: 4
        case .acquire: 5
        }
    }
}
