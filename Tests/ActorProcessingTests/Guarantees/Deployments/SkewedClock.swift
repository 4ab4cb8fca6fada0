import Supervision
import Synchronization

/// A clock that runs a little too fast or too slow, and whose time of day is wrong and jumps.
final class SkewedClock: RuntimeClock {
    private let base: any RuntimeClock
    private let permille: Int64
    private let offset: Mutex<Duration>

    init(_ base: any RuntimeClock, permille: Int64, offset: Duration) {
        self.base = base
        self.permille = permille
        self.offset = Mutex(offset)
    }

    func jump(by duration: Duration) { offset.withLock { $0 += duration } }

    var now: RuntimeInstant { RuntimeInstant(nanoseconds: base.now.nanoseconds / 1000 * (1000 + permille)) }

    var wallTime: Timestamp { base.wallTime.advanced(by: offset.withLock { $0 }) }

    var minimumResolution: Duration { base.minimumResolution }

    func sleep(until deadline: RuntimeInstant, tolerance: Duration?) async throws {
        preconditionFailure("nothing sleeps on a store's clock")
    }
}
