import Sharding
import Supervision
import Testing

@Suite struct PlacementTests {
    private func names(_ count: Int, _ prefix: String = "p") -> [String] {
        (0..<count).map { "\(prefix)\($0)" }
    }

    private func loads(_ plan: [String: String]) -> [String: Int] {
        plan.values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    @Test func equalNodesGetEqualShares() {
        let all = names(1000)
        let plan = Placement.plan(DeploymentRoll(offers: ["a": all, "b": all, "c": all, "d": all]), maximumMoves: nil)
        #expect(loads(plan) == ["a": 250, "b": 250, "c": 250, "d": 250])
    }

    @Test func aNodeThatComesTakesItsShareRoundByRound() {
        let all = names(100)
        var roll = DeploymentRoll(offers: ["a": all])
        roll.holders = Placement.plan(roll, maximumMoves: nil)
        roll.offers["b"] = all
        var moved = 0
        for _ in 0..<20 {
            let plan = Placement.plan(roll, maximumMoves: 7)
            let moves = plan.filter { roll.holders[$0.key] != $0.value }.count
            #expect(moves <= 7)
            moved += moves
            roll.holders = plan
        }
        #expect(loads(roll.holders) == ["a": 50, "b": 50])
        #expect(moved == 50, "no process moves twice")
    }

    @Test func theChosenNodeHasAProcessWhileItIsThereAndOffersIt() {
        let all = names(4)
        var roll = DeploymentRoll(offers: ["a": all, "b": all], holders: ["p0": "a"])
        roll.controls["p0"] = ProcessControl(node: "b")
        #expect(Placement.plan(roll, maximumMoves: 0)["p0"] == "b")
        roll.offers["b"] = nil
        #expect(Placement.plan(roll, maximumMoves: 0)["p0"] == "a")
        roll.offers["b"] = []
        #expect(Placement.plan(roll, maximumMoves: 0)["p0"] == "a")
    }

    @Test func whatIsPausedOrKilledRunsNowhere() {
        let all = names(3)
        var roll = DeploymentRoll(offers: ["a": all], holders: ["p1": "a"])
        roll.controls["p1"] = ProcessControl(isPaused: true)
        #expect(Placement.plan(roll, maximumMoves: nil) == ["p0": "a", "p2": "a"])
        roll.isKilled = true
        #expect(Placement.plan(roll, maximumMoves: nil).isEmpty)
    }

    @Test func aHolderThatIsGoneCountsForNothing() {
        let all = names(2)
        let roll = DeploymentRoll(offers: ["a": all], holders: ["p0": "dead", "p1": "dead"])
        #expect(Placement.plan(roll, maximumMoves: 0) == ["p0": "a", "p1": "a"])
    }

    @Test(arguments: UInt64(0)..<500) func itKeepsItsPromises(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let roll = Self.randomRoll(using: &generator)
        let limit = Int.random(in: 0...6, using: &generator)
        let plan = Placement.plan(roll, maximumMoves: limit)
        #expect(plan == Placement.plan(Self.shuffled(roll), maximumMoves: limit), "the same picture, the same plan")
        let eligible = Self.eligible(roll)
        #expect(Set(plan.keys) == Set(eligible.keys))
        var moves = 0
        for (process, node) in plan {
            let offering = eligible[process] ?? []
            #expect(offering.contains(node))
            if let bound = roll.controls[process]?.node, offering.contains(bound) {
                #expect(node == bound)
            } else if let holder = roll.holders[process], offering.contains(holder), holder != node {
                moves += 1
            }
        }
        #expect(moves <= limit)
        Self.expectBalance(plan, roll, ignoringHeld: moves == limit)
    }

    @Test(arguments: UInt64(0)..<200) func itSettlesAndThenMovesNothing(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var roll = Self.randomRoll(using: &generator)
        for _ in 0..<200 {
            let plan = Placement.plan(roll, maximumMoves: 2)
            if plan == roll.holders { break }
            roll.holders = plan
        }
        #expect(Placement.plan(roll, maximumMoves: 2) == roll.holders)
        Self.expectBalance(roll.holders, roll, ignoringHeld: false)
    }

    /// Equal nodes, each of which can run everything: no plan that is balanced moves less.
    @Test(arguments: UInt64(0)..<200) func itMovesNoMoreThanItMust(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let processes = names(Int.random(in: 1...40, using: &generator))
        let nodes = names(Int.random(in: 1...5, using: &generator), "n")
        var roll = DeploymentRoll()
        for node in nodes { roll.offers[node] = processes }
        for process in processes where Int.random(in: 0..<4, using: &generator) > 0 {
            // The first nodes have most, as when others have just come.
            let last = Int.random(in: 0..<nodes.count, using: &generator)
            roll.holders[process] = nodes[Int.random(in: 0...last, using: &generator)]
        }
        let plan = Placement.plan(roll, maximumMoves: .max)
        let moves = roll.holders.filter { plan[$0.key] != $0.value }.count
        // The heaviest nodes keep the larger shares.
        let (share, rest) = processes.count.quotientAndRemainder(dividingBy: nodes.count)
        let held = nodes.map { node in roll.holders.values.filter { $0 == node }.count }.sorted(by: >)
        let least = held.enumerated().reduce(0) { $0 + max(0, $1.element - (share + ($1.offset < rest ? 1 : 0))) }
        #expect(moves == least)
    }

    // MARK: - the obvious way

    private static func eligible(_ roll: DeploymentRoll) -> [String: Set<String>] {
        var eligible: [String: Set<String>] = [:]
        for (node, processes) in roll.offers {
            for process in processes where roll.controls[process]?.isPaused != true {
                eligible[process, default: []].insert(node)
            }
        }
        return eligible
    }

    /// No process could go to a node that has two less.
    private static func expectBalance(_ plan: [String: String], _ roll: DeploymentRoll, ignoringHeld: Bool) {
        let loads = plan.values.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
        for (process, nodes) in eligible(roll) {
            guard let node = plan[process] else { continue }
            if let bound = roll.controls[process]?.node, nodes.contains(bound) { continue }
            if ignoringHeld, roll.holders[process] == node { continue }
            for other in nodes { #expect(loads[node, default: 0] <= loads[other, default: 0] + 1) }
        }
    }

    private static func randomRoll(using generator: inout SplitMix64) -> DeploymentRoll {
        let processes = (0..<Int.random(in: 0...30, using: &generator)).map { "p\($0)" }
        let nodes = (0..<Int.random(in: 1...5, using: &generator)).map { "n\($0)" }
        var roll = DeploymentRoll()
        let chance = Int.random(in: 3...10, using: &generator)
        for node in nodes {
            roll.offers[node] = processes.filter { _ in Int.random(in: 0..<10, using: &generator) < chance }
        }
        for process in processes {
            // One holder has no lease as a node any more.
            let holder = Int.random(in: 0...nodes.count + 1, using: &generator)
            if holder <= nodes.count { roll.holders[process] = holder < nodes.count ? nodes[holder] : "gone" }
            if Int.random(in: 0..<8, using: &generator) == 0 {
                roll.controls[process] = ProcessControl(
                    isPaused: Bool.random(using: &generator), node: nodes.randomElement(using: &generator))
            }
        }
        return roll
    }

    /// The same with its dictionaries filled in another order.
    private static func shuffled(_ roll: DeploymentRoll) -> DeploymentRoll {
        var other = DeploymentRoll(isKilled: roll.isKilled)
        for (node, processes) in roll.offers.sorted(by: { $0.key > $1.key }) {
            other.offers[node] = processes.reversed()
        }
        for (process, node) in roll.holders.sorted(by: { $0.key > $1.key }) { other.holders[process] = node }
        for (process, control) in roll.controls.sorted(by: { $0.key > $1.key }) { other.controls[process] = control }
        return other
    }
}
