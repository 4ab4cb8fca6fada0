import Supervision
import Synchronization

/// Where everything for a shard's coordinator arrives, from any thread, in order.
package final class ShardInbox: TimerTarget {
    private struct State {
        var messages: [any ShardMessage] = []
        var isSignalled = false
        var isClosed = false
        var waiter: ParkedTask?
    }

    private let state = Mutex(State())

    init() {}

    /// Adds a message behind the others, or tells it that nobody will take it any more.
    package func post(_ message: any ShardMessage) {
        var isRefused = false
        signal { state in
            isRefused = state.isClosed
            if !isRefused { state.messages.append(message) }
        }
        if isRefused { message.undeliverable() }
    }

    /// Takes no more messages, and tells those that have come and those that will.
    func close() {
        let left = state.withLock { state in
            state.isClosed = true
            defer { state.messages = [] }
            return state.messages
        }
        for message in left { message.undeliverable() }
    }

    /// Makes the coordinator look around.
    func signal() { signal { _ in } }

    package func timerFired() { signal() }

    private func signal(_ change: (inout State) -> Void) {
        let waiter = state.withLock { state in
            change(&state)
            state.isSignalled = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.release()
    }

    /// Swaps the messages that have come with `empty`, and forgets the signal.
    func take(into empty: inout [any ShardMessage]) {
        state.withLock { state in
            swap(&state.messages, &empty)
            state.isSignalled = false
        }
    }

    /// Suspends the coordinator, which runs on `executor`, until something has come since the last ``take(into:)``.
    func wait(on executor: ShardExecutor) async {
        let parked = ParkedTask(on: executor)
        let isSignalled = state.withLock { state in
            if !state.isSignalled { state.waiter = parked }
            return state.isSignalled
        }
        if !isSignalled { _ = await parked.park() }
    }
}
