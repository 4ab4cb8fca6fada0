import ActorProcessing
import Supervision
import Testing

@Suite("Sequence machine", .tags(.machine), .timeLimit(.minutes(10)))
struct SequenceMachinePropertyTests {
    /// The obvious order: what has been let through, and a dictionary of what waits.
    private struct Model {
        let contract: OrderingContract
        var expected: Int64
        var waiting: [Int64: RowReference] = [:]

        init(_ contract: OrderingContract, _ position: StreamPosition) {
            self.contract = contract
            expected = position.nextIndex
            if case .contiguous(let first) = contract, expected == .min { expected = first }
        }

        mutating func arrived(_ index: Int64, _ row: RowReference) -> [RowReference]? {
            if index < expected || waiting[index] != nil { return nil }
            let mayJump =
                switch contract {
                case .increasing, .arrival: true
                case .fromFirstSeen: expected == .min
                case .contiguous: false
                }
            if index > expected, !mayJump {
                waiting[index] = row
                return []
            }
            expected = index + 1
            return [row] + drained()
        }

        mutating func drained() -> [RowReference] {
            var rows: [RowReference] = []
            while let next = waiting.removeValue(forKey: expected) {
                rows.append(next)
                expected += 1
            }
            return rows
        }

        mutating func settled(below index: Int64) -> [RowReference] {
            if index <= expected { return [] }
            expected = index
            let gone = waiting.filter { $0.key < index }.sorted { $0.key < $1.key }
            for (key, _) in gone { waiting[key] = nil }
            return gone.map(\.value)
        }
    }

    private static let contracts: [OrderingContract] = [
        .contiguous(from: 0), .contiguous(from: 7), .fromFirstSeen, .increasing, .arrival,
    ]

    @Test("G2: each contract lets the same through as its model", arguments: contracts, UInt64(0)..<60)
    func followsTheModel(_ contract: OrderingContract, seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let position = [StreamPosition.none, StreamPosition(nextIndex: 9), StreamPosition(nextIndex: .min, turn: 2)][
            random.below(3)]
        var machine = SequenceMachine(contract: contract, position: position)
        var model = Model(contract, position)
        for step in 0..<UInt32(400) {
            let index = max(0, model.expected == .min ? 0 : model.expected) + Int64(random.below(12)) - 4
            switch random.below(20) {
            case 0:
                #expect(machine.settled(below: index) == model.settled(below: index))
                #expect(taken(&machine) == model.drained())
            case 1:
                let rows = machine.allWaiting.map(\.row)
                guard let old = rows.randomElement(using: &random) else { continue }
                let new = RowReference(slot: 9, row: step)
                machine.replaced(old, by: new)
                if let key = model.waiting.first(where: { $0.value == old })?.key { model.waiting[key] = new }
            default:
                arrive(index, RowReference(slot: 1, row: step), contract, &machine, &model)
            }
            expectEqual(machine, model)
        }
    }

    @Test("shuffled and doubled events come out once and in order", arguments: contracts.prefix(2), UInt64(0)..<40)
    func putsShufflesInOrder(_ contract: OrderingContract, seed: UInt64) {
        var random = SplitMix64(seed: seed)
        guard case .contiguous(let first) = contract else { return }
        let indices = Array(first..<first + 200)
        let arrivals = (indices + indices.filter { _ in random.below(3) == 0 }).shuffled(using: &random)
        var machine = SequenceMachine(contract: contract, position: .none)
        var out: [UInt32] = []
        var duplicates = 0
        for index in arrivals {
            let row = RowReference(slot: 0, row: UInt32(index))
            switch machine.eventArrived(index, row, contract: contract) {
            case .deliver: out += [row.row] + taken(&machine).map(\.row)
            case .duplicate: duplicates += 1
            case .stashed: break
            }
        }
        #expect(out == indices.map { UInt32($0) })
        #expect(duplicates == arrivals.count - indices.count)
        #expect(!machine.isWaiting && machine.gap == nil)
    }

    @Test func whatIsTakenOutIsInOrder() {
        var machine = SequenceMachine(contract: .contiguous(from: 0), position: .none)
        for index in [Int64(5), 3, 9] {
            let row = RowReference(slot: 0, row: UInt32(index))
            #expect(machine.eventArrived(index, row, contract: .contiguous(from: 0)) == .stashed)
        }
        #expect(machine.gap == 0..<3)
        #expect(machine.takeAllWaiting().map(\.index) == [3, 5, 9])
        #expect(!machine.isWaiting)
    }

    private func arrive(
        _ index: Int64, _ row: RowReference, _ contract: OrderingContract, _ machine: inout SequenceMachine,
        _ model: inout Model
    ) {
        let wanted = model.arrived(index, row)
        switch machine.eventArrived(index, row, contract: contract) {
        case .duplicate: #expect(wanted == nil)
        case .stashed: #expect(wanted == [])
        case .deliver: #expect(wanted == [row] + taken(&machine))
        }
    }

    private func taken(_ machine: inout SequenceMachine) -> [RowReference] {
        var rows: [RowReference] = []
        while let row = machine.takeNext() { rows.append(row) }
        return rows
    }

    private func expectEqual(_ machine: SequenceMachine, _ model: Model) {
        #expect(machine.expected == model.expected)
        #expect(machine.waitingCount == model.waiting.count)
        #expect(machine.allWaiting.map(\.index) == model.waiting.keys.sorted())
        #expect(machine.allWaiting.map(\.row) == model.waiting.sorted { $0.key < $1.key }.map(\.value))
        #expect(machine.gap == model.waiting.keys.min().map { model.expected..<$0 })
    }
}
