import Supervision
import Synchronization

/// What the owner of a lease and the work under it share: whether it is held, as of now.
final class LeaseState: Sendable {
    let fence: Fence
    let clock: any RuntimeClock
    private let machine: Mutex<LeaseMachine>

    init(fence: Fence, machine: LeaseMachine, clock: any RuntimeClock) {
        self.fence = fence
        self.clock = clock
        self.machine = Mutex(machine)
    }

    var isHeld: Bool { machine.withLock { $0.mayRun(at: clock.now) } }

    var remaining: Duration {
        machine.withLock { machine in
            let now = clock.now
            return machine.mayRun(at: now) ? now.duration(to: machine.deadline) : .zero
        }
    }

    func answered(_ isRenewed: Bool, sentAt: RuntimeInstant) {
        machine.withLock { $0.renewalAnswered(isRenewed, sentAt: sentAt, at: clock.now) }
    }

    func lose() { machine.withLock { $0.lost() } }
}
