import Sharding
import Synchronization

/// The credits of one reactor: what may be in memory at once, in events and in bytes, over all partitions.
final class CreditPool: Sendable {
    private struct State {
        var machine: CreditMachine
        var waiting = WakeUpList()
    }

    private let state: Mutex<State>

    init(events: Int, bytes: Int) {
        state = Mutex(State(machine: CreditMachine(eventLimit: events, byteLimit: bytes)))
    }

    /// How much may be read now, or what will be woken when more may.
    func room() -> Result<ReadLimit, WaitForCredits> {
        state.withLock { state in
            if state.machine.mayRead {
                return .success(
                    ReadLimit(events: state.machine.availableEvents, bytes: state.machine.availableBytes))
            }
            let wakeUp = WakeUp()
            state.waiting.add(wakeUp)
            return .failure(WaitForCredits(wakeUp: wakeUp))
        }
    }

    /// Takes credits for a batch, or says what will be woken when that may be tried again.
    func take(events: Int, bytes: Int) -> WakeUp? {
        state.withLock { state in
            if state.machine.take(events: events, bytes: bytes) { return nil }
            let wakeUp = WakeUp()
            state.waiting.add(wakeUp)
            return wakeUp
        }
    }

    func give(events: Int = 0, bytes: Int = 0) {
        let waiting = state.withLock { state -> WakeUpList in
            state.machine.give(events: events, bytes: bytes)
            return state.machine.mayRead ? state.waiting.takeAll() : WakeUpList()
        }
        waiting.wake()
    }

    var outstanding: (events: Int, bytes: Int) {
        state.withLock { ($0.machine.outstandingEvents, $0.machine.outstandingBytes) }
    }
}

/// There are no credits.
struct WaitForCredits: Error {
    let wakeUp: WakeUp
}

/// The bytes of one batch; they return when the last reference to the batch's memory is gone.
final class ByteLease: Sendable {
    private let pool: CreditPool
    private let bytes: Int

    init(_ pool: CreditPool, bytes: Int) {
        self.pool = pool
        self.bytes = bytes
    }

    deinit { pool.give(bytes: bytes) }
}
