import Sharding
import Supervision

/// A history of ownership in which every commit is known by itself; a broken one lets anybody commit.
struct AuditModel {
    static let processes = ["a", "b"]

    private(set) var log = EpochLog()
    private(set) var commits: [(fence: Fence, number: UInt64)] = []
    private var begins: [Fence: UInt64] = [:]
    private var ends: [Fence: UInt64] = [:]
    private var fences: [String: [Fence]] = [:]
    private var lastNumber: UInt64 = 0

    mutating func step(isBroken: Bool, using generator: inout SplitMix64) {
        lastNumber += 1
        let process = Self.processes[Int(generator.next(upperBound: UInt64(2)))]
        let known = fences[process] ?? []
        switch generator.next(upperBound: UInt64(6)) {
        case 0: begin(process)
        case 1: if let last = known.last { end(last) }
        default:
            let fence = isBroken ? known.randomElement(using: &generator) : known.last
            guard let fence, isBroken || ends[fence] == nil else { return }
            commits.append((fence, lastNumber))
            log.committed(fence, CommitTally(lastNumber))
        }
    }

    /// Whether a commit of one epoch lies between two of another, or beside one in the wrong order.
    func overlaps(_ scope: Fence.Scope) -> Bool {
        let mine = commits.filter { $0.fence.scope == scope }
        return mine.contains { first in
            mine.contains { second in
                first.fence != second.fence && first.number < second.number
                    && mine.contains { $0.fence == first.fence && $0.number > second.number }
            }
        }
    }

    /// The epochs with a commit from when they didn't run.
    func misplaced(_ scope: Fence.Scope) -> Set<UInt64> {
        Set(
            commits.filter { commit in
                commit.fence.scope == scope
                    && (commit.number < begins[commit.fence, default: .max]
                        || commit.number > ends[commit.fence, default: .max])
            }.map(\.fence.epoch))
    }

    private mutating func begin(_ process: String) {
        let scope = Fence.Scope(deployment: "d", process: process)
        let fence = FenceAuthority().fence(for: scope, epoch: (fences[process]?.last?.epoch ?? 0) + 1)
        if let last = fences[process]?.last, ends[last] == nil { ends[last] = lastNumber }
        fences[process, default: []].append(fence)
        begins[fence] = lastNumber
        log.began(fence, owner: "owner", node: nil, at: Timestamp(nanosecondsSince1970: 0), number: lastNumber)
    }

    private mutating func end(_ fence: Fence) {
        if ends[fence] != nil { return }
        ends[fence] = lastNumber
        log.ended(fence, at: Timestamp(nanosecondsSince1970: 0), number: lastNumber)
    }
}
