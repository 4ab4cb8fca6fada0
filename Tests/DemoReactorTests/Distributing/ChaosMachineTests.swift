import Testing

@testable import demo_reactor

struct ChaosMachineTests {
    private static let nodes: [String: NodeCondition] = ["a": .running, "b": .running, "c": .running, "d": .frozen]

    private func actions(seed: UInt64, _ conditions: [String: NodeCondition], names: Int) -> [ChaosMachine.Action?] {
        var machine = ChaosMachine(seed: seed, ttl: .seconds(1), nodes: 3)
        return (0..<500).map { _ in machine.next(conditions, names: names) }
    }

    @Test func `the same seed does the same, another one something else`() {
        #expect(actions(seed: 1, Self.nodes, names: 4) == actions(seed: 1, Self.nodes, names: 4))
        #expect(actions(seed: 1, Self.nodes, names: 4) != actions(seed: 2, Self.nodes, names: 4))
    }

    @Test func `only nodes that run are struck, and every fault comes`() {
        var kinds: Set<FaultKind> = []
        for action in actions(seed: 3, Self.nodes, names: 4) {
            switch action {
            case .kill(let node, _):
                #expect(node != "d")
                kinds.insert(.killed)
            case .freeze(let node, let duration):
                #expect(node != "d")
                kinds.insert(duration > .seconds(1) ? .frozen : .pausedBriefly)
            case .freezeInWrite(let node, _):
                #expect(node != "d")
                kinds.insert(.frozenInWrite)
            case .stop(let node, let delay):
                #expect(node != "d" && delay == nil)
                kinds.insert(.stopped)
            case .join: kinds.insert(.joined)
            case nil: Issue.record("three nodes run")
            }
        }
        #expect(kinds == Set(FaultKind.allCases))
    }

    @Test func `the last node is left alone`() {
        #expect(actions(seed: 4, ["a": .running, "b": .frozen, "c": .leaving], names: 3).allSatisfy { $0 == nil })
    }

    @Test func `there are no more than two nodes too many, and no fewer than there were`() {
        #expect(!actions(seed: 5, Self.nodes, names: 5).contains(.join))
        for case .stop(_, let delay) in actions(seed: 5, Self.nodes, names: 3) where delay == nil {
            // In the place of one that would join.
            Issue.record("a node has left for good")
        }
    }
}
