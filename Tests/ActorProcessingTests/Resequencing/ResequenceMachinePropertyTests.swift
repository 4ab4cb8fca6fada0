import ActorProcessing
import Supervision
import Testing

@Suite("Resequence machine: properties", .timeLimit(.minutes(10)))
struct ResequenceMachinePropertyTests {
    /// The obvious resequencer: every ticket that ever was, and what should have come out so far.
    private struct Model {
        var resolutions: [Resolution<Int>?] = []
        var head = 0
        var headSince = RuntimeInstant.zero

        var isHeadWaiting: Bool { head < resolutions.count && resolutions[head] == nil }
        var bufferedBytes: Int {
            resolutions[head...].reduce(0) { sum, resolution in
                if case .results(_, let bytes) = resolution { sum + bytes } else { sum }
            }
        }

        mutating func take(max maximum: Int, at now: RuntimeInstant) -> [(UInt64, Ticketed<Int>.Content)] {
            var taken: [(UInt64, Ticketed<Int>.Content)] = []
            let before = head
            while taken.count < maximum, head < resolutions.count, let resolution = resolutions[head] {
                if case .results(let elements, _) = resolution { taken.append((UInt64(head), .results(elements))) }
                if case .tombstone(let reason) = resolution { taken.append((UInt64(head), .tombstone(reason))) }
                head += 1
            }
            if head != before { headSince = now }
            return taken
        }
    }

    @Test("G6: each ticket is resolved once and emitted in order, whatever finishes first", arguments: UInt64(0)..<60)
    func agreesWithModel(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let configuration = ResequencerConfiguration(windowTickets: 40, windowBytes: 3_000)
        var machine = ResequenceMachine<Int>(configuration: configuration, firstOrdinal: 1_000)
        var model = Model()
        var hasStarved = false
        for step in 0..<2_000 {
            let now = RuntimeInstant(nanoseconds: Int64(step))
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<2 where !machine.isFull:
                let count = Int.random(in: 1...machine.room, using: &random)
                if model.head == model.resolutions.count { model.headSince = now }
                let first = 1_000 + UInt64(model.resolutions.count)
                #expect(machine.ticketsOpened(count, at: now) == first..<(first + UInt64(count)))
                model.resolutions.append(contentsOf: repeatElement(nil, count: count))
            case 2..<9:
                resolve(&machine, &model, using: &random)
            default:
                let maximum = Bool.random(using: &random) ? .max : Int.random(in: 1...5, using: &random)
                var emissions: [Ticketed<Int>] = []
                let headBefore = model.head
                let left = machine.takeEmissions(max: maximum, at: now, into: &emissions)
                let expected = model.take(max: maximum, at: now)
                #expect(emissions.map(\.ordinal) == expected.map { $0.0 + 1_000 }, "seed \(seed)")
                #expect(emissions.map(\.content) == expected.map(\.1), "seed \(seed)")
                #expect(left == model.head - headBefore)
            }

            let open = model.resolutions.count - model.head
            let isFull = open >= 40 || model.bufferedBytes >= 3_000
            #expect(machine.openTickets == open && machine.bufferedBytes == model.bufferedBytes, "seed \(seed)")
            #expect(machine.isFull == isFull)
            #expect(machine.room == (isFull ? 0 : 40 - open))
            #expect(machine.headWaitingSince == (model.isHeadWaiting ? model.headSince : nil))
            #expect(machine.isStarved == (isFull && model.isHeadWaiting))
            hasStarved = hasStarved || machine.isStarved
        }
        #expect(hasStarved && model.head > 100, "The run was too tame to prove anything")
    }

    private func resolve(
        _ machine: inout ResequenceMachine<Int>, _ model: inout Model, using random: inout SplitMix64
    ) {
        // Mostly tickets of the window; now and then one that was emitted, or was never opened.
        let oldest = max(0, model.head - 3)
        let index = Int.random(in: oldest...(model.resolutions.count + 1), using: &random)
        let resolution: Resolution<Int> =
            switch Int.random(in: 0..<4, using: &random) {
            case 0: .nothing
            case 1: .tombstone(.rejected("\(index)"))
            default: .results([index, index], bytes: Int.random(in: 0...200, using: &random))
            }
        let outcome = machine.resolved(1_000 + UInt64(index), resolution)
        if index >= model.resolutions.count {
            #expect(outcome == .ignoredAsUnknown)
        } else if model.resolutions[index] != nil {
            #expect(outcome == .ignoredAsResolved)
        } else {
            #expect(outcome == .accepted(isHead: index == model.head))
            model.resolutions[index] = resolution
        }
    }
}
