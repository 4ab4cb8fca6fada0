import ActorProcessing
import Supervision
import Synchronization

/// Which events fail at first and how often; the seed decides, so that each run has the same faults.
final class FaultPlan: Sendable {
    private struct Key: Hashable {
        var stream: StreamName
        var index: Int64
    }

    private let seed: UInt64
    private let percent: Int
    private let struck = Mutex<[Key: Int]>([:])

    init(seed: UInt64, percent: Int) {
        self.seed = seed
        self.percent = percent
    }

    /// How many attempts at an event fail: none for most, one or two for the others.
    func failures(of stream: StreamName, _ index: Int64) -> Int {
        var random = SplitMix64(seed: seed ^ stream.stableHash ^ UInt64(bitPattern: index &* 0x5851_F42D_4C95_7F2D))
        guard random.next() % 100 < UInt64(percent) else { return 0 }
        return 1 + Int(random.next() % 2)
    }

    /// Throws if this attempt is to fail.
    func strike(_ stream: StreamName, _ index: Int64) throws(Unreachable) {
        let planned = failures(of: stream, index)
        if planned == 0 { return }
        let strikes = struck.withLock { struck in
            let count = struck[Key(stream: stream, index: index), default: 0]
            if count < planned { struck[Key(stream: stream, index: index)] = count + 1 }
            return count < planned
        }
        if strikes { throw Unreachable() }
    }
}

/// Something that the shop needs doesn't answer just now; trying again helps.
struct Unreachable: ClassifiedError {
    var errorClass: ErrorClass { .retriable }
}
