import Sharding
import Synchronization

/// Wakes an intake that has waited for long, so that it looks whether what it waits for can still come.
final class StarvationWatch: TimerTarget {
    private let wakeUp: WakeUp
    private let fired = Atomic<Bool>(false)

    init(_ wakeUp: WakeUp) { self.wakeUp = wakeUp }

    var hasFired: Bool { fired.load(ordering: .acquiring) }

    func timerFired() {
        fired.store(true, ordering: .releasing)
        wakeUp.wake()
    }
}
