/// Decides which node is to run each process of a deployment.
///
/// It is a function of what all nodes see, so that all come to the same result without talking to each other:
/// - A process is eligible when a live node offers it and it is neither paused nor stopped by the kill switch.
/// - The node that an operator has chosen for it has it, while that node lives and offers it.
/// - Otherwise its holder keeps it, as long as balance allows.
/// - Balance: no process could go to a node that has two processes less than its own.
/// - What runs is moved for balance only so many at a time; what runs nowhere is placed at once.
package struct Placement {
    /// A process that isn't bound to a node.
    private struct Candidate {
        let process: String
        /// The nodes that offer it.
        let nodes: [Int]
        /// The node that runs it now; `nil` for none of those.
        let holder: Int?
    }

    private let nodes: [String]
    private var loads: [Int]
    /// By node: what runs there now, the first by name last, and then what could go elsewhere at no cost.
    private var movable: [[Candidate]]
    private var movesLeft: Int
    private var plan: [String: String] = [:]

    /// Which node is to run each eligible process.
    ///
    /// - Parameter maximumMoves: how many running processes may be moved for balance; `nil` for an eighth of the eligible
    ///   ones and at least 8.
    package static func plan(_ roll: DeploymentRoll, maximumMoves: Int?) -> [String: String] {
        if roll.isKilled { return [:] }
        var placement = Placement(roll, maximumMoves ?? 0)
        let offered = placement.offered(roll)
        if maximumMoves == nil { placement.movesLeft = max(8, offered.count / 8) }
        placement.place(offered, roll)
        placement.balance()
        return placement.finished()
    }

    private init(_ roll: DeploymentRoll, _ maximumMoves: Int) {
        nodes = roll.offers.keys.sorted()
        loads = Array(repeating: 0, count: nodes.count)
        movable = Array(repeating: [], count: nodes.count)
        movesLeft = maximumMoves
    }

    /// The eligible processes by name, each with the nodes that offer it.
    private func offered(_ roll: DeploymentRoll) -> [(process: String, nodes: [Int])] {
        var offered: [String: [Int]] = [:]
        for (place, node) in nodes.enumerated() {
            for process in roll.offers[node] ?? [] where roll.controls[process]?.isPaused != true {
                offered[process, default: []].append(place)
            }
        }
        return offered.map { (process: $0.key, nodes: $0.value) }.sorted { $0.process < $1.process }
    }

    /// Those that have a node first, so that the others find the lightest.
    private mutating func place(_ offered: [(process: String, nodes: [Int])], _ roll: DeploymentRoll) {
        var free: [Candidate] = []
        for (process, places) in offered {
            func place(of node: String?) -> Int? { node.flatMap { node in places.first { nodes[$0] == node } } }
            if let bound = place(of: roll.controls[process]?.node) {
                loads[bound] += 1
                plan[process] = nodes[bound]
            } else if let holder = place(of: roll.holders[process]) {
                loads[holder] += 1
                movable[holder].append(Candidate(process: process, nodes: places, holder: holder))
            } else {
                free.append(Candidate(process: process, nodes: places, holder: nil))
            }
        }
        for node in movable.indices { movable[node].reverse() }
        for candidate in free {
            let node = lightest(of: candidate.nodes)
            loads[node] += 1
            movable[node].append(candidate)
        }
    }

    /// Moves one process after the other, from the heaviest node that can be relieved, until none can be or no more moves are
    /// left. Each move brings the loads closer together, so it comes to an end.
    private mutating func balance() {
        while true {
            let heaviestFirst = nodes.indices.sorted { (loads[$1], $0) < (loads[$0], $1) }
            guard heaviestFirst.contains(where: { relieve($0) }) else { return }
        }
    }

    /// Moves a process to a node that has at least two less, one that runs nowhere before one that is held.
    ///
    /// - Returns: whether it has.
    private mutating func relieve(_ node: Int) -> Bool {
        guard loads[node] >= 2 else { return false }
        for index in movable[node].indices.reversed() {
            let candidate = movable[node][index]
            if candidate.holder == node, movesLeft == 0 { continue }
            let target = lightest(of: candidate.nodes)
            guard loads[target] + 2 <= loads[node] else { continue }
            if candidate.holder == node { movesLeft -= 1 }
            if candidate.holder == target { movesLeft += 1 }
            movable[node].remove(at: index)
            movable[target].append(candidate)
            loads[node] -= 1
            loads[target] += 1
            return true
        }
        return false
    }

    /// The node with the fewest processes; of several, the first by name.
    private func lightest(of places: [Int]) -> Int {
        var best = places[0]
        for place in places.dropFirst() where loads[place] < loads[best] { best = place }
        return best
    }

    private func finished() -> [String: String] {
        var plan = plan
        for (node, candidates) in movable.enumerated() {
            for candidate in candidates { plan[candidate.process] = nodes[node] }
        }
        return plan
    }
}
