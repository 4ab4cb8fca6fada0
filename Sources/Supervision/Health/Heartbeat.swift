import Synchronization

/// Signs of life of one thread, for a ``Watchdog`` on another.
///
/// The thread stores, with relaxed atomics, one store per turn of its loop; the watchdog loads. The two values are
/// read one after the other, so a reading may mix two turns: it is off by a turn at most, which no threshold in seconds
/// notices.
public final class Heartbeat: Sendable {
    /// What the watched thread is called in reports.
    public let name: String

    // `Int64.min` stands for none.
    private let turn = Atomic<Int64>(.min)
    private let call = Atomic<Int64>(.min)

    /// A heartbeat of a thread that rests.
    public init(name: String) {
        self.name = name
    }

    /// The thread begins a turn of its loop: from now on it is expected to beat again or rest.
    public func beat(at now: RuntimeInstant) {
        turn.store(now.nanoseconds, ordering: .relaxed)
    }

    /// The thread has nothing to do and waits, for however long.
    public func rest() {
        turn.store(.min, ordering: .relaxed)
    }

    /// The thread enters code that isn't ours, such as a handler.
    public func callBegan(at now: RuntimeInstant) {
        call.store(now.nanoseconds, ordering: .relaxed)
    }

    /// The thread left that code; also when the code suspended and gave the thread back.
    public func callEnded() {
        call.store(.min, ordering: .relaxed)
    }

    /// The latest signs of life.
    package var reading: HeartbeatReading {
        HeartbeatReading(
            turnBegan: CompactInstant(nanoseconds: turn.load(ordering: .relaxed)).value,
            callBegan: CompactInstant(nanoseconds: call.load(ordering: .relaxed)).value
        )
    }
}
