import Sharding
public import Supervision
import Synchronization

/// A simulation's clock: it starts at zero and moves only when nothing is left to run.
///
/// The time of day begins at 2026-01-01T00:00:00Z.
public final class VirtualClock: RuntimeClock {
    static let base = Timestamp(nanosecondsSince1970: 1_767_225_600_000_000_000)

    private let scheduler: SimulationScheduler
    /// Where sleepers wait: they die with it.
    private let home = Mutex<ShardExecutor?>(nil)

    init(_ scheduler: SimulationScheduler) {
        self.scheduler = scheduler
    }

    /// The virtual time since the simulation's start.
    public var now: RuntimeInstant { scheduler.now }

    /// A nanosecond.
    public var minimumResolution: Duration { .nanoseconds(1) }

    /// The virtual time of day.
    public var wallTime: Timestamp { Self.base.advanced(by: .nanoseconds(now.nanoseconds)) }

    /// Suspends until `deadline`, which comes as soon as nothing else is left to run before it.
    ///
    /// - Throws: `CancellationError` when the task is cancelled before.
    public func sleep(until deadline: RuntimeInstant, tolerance: Duration?) async throws {
        guard let executor = home.withLock({ $0 }) else { preconditionFailure("a virtual clock has no home") }
        try await executor.sleep(until: deadline)
    }

    func setHome(_ executor: ShardExecutor) { home.withLock { $0 = executor } }
}
