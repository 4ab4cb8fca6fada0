import Sharding
import Synchronization

/// Brings outputs to where they go, in the order of their commits, each at least once.
final class OutputPump: Sendable {
    struct Item: Sendable {
        var output: StreamOutput
        var fence: Fence

        /// - Returns: `nil` for the row of a message, which goes to a stream.
        init?(_ row: OutputRow, of stream: StreamName, _ fence: Fence) {
            if row.isMessage { return nil }
            output = StreamOutput(stream: stream, row: row)
            self.fence = fence
        }
    }

    private struct State {
        var queue: [Item] = []
        var wakeUp: WakeUp?
        var brake: IntakeBrake
        var isDelivering = false
        var drains: [Promise<Void>] = []
        var delivered = 0
    }

    private let state: Mutex<State>

    init(pause: IntakePause, limit: Int) {
        state = Mutex(State(brake: IntakeBrake(pause, limit: limit)))
    }

    func add(_ items: [Item]) {
        if items.isEmpty { return }
        let wakeUp = state.withLock { state -> WakeUp? in
            state.queue += items
            state.brake.counted(state.queue.count)
            defer { state.wakeUp = nil }
            return state.wakeUp
        }
        wakeUp?.wake()
    }

    /// The next outputs. Suspends until there are some.
    func next(limit: Int) async throws -> [Item] {
        while true {
            let wakeUp = WakeUp()
            let found: [Item]? = state.withLock { state in
                if !state.queue.isEmpty {
                    let items = Array(state.queue.prefix(limit))
                    state.queue.removeFirst(items.count)
                    state.isDelivering = true
                    state.brake.counted(state.queue.count)
                    return items
                }
                state.wakeUp = wakeUp
                return nil
            }
            if let found { return found }
            try await wakeUp.wait()
        }
    }

    func delivered(_ count: Int) {
        let done = state.withLock { state -> [Promise<Void>] in
            state.delivered += count
            state.isDelivering = false
            if !state.queue.isEmpty { return [] }
            defer { state.drains = [] }
            return state.drains
        }
        for promise in done { promise.keep(.success(())) }
    }

    func drained(_ promise: Promise<Void>) {
        let isDone = state.withLock { state in
            if state.queue.isEmpty, !state.isDelivering { return true }
            state.drains.append(promise)
            return false
        }
        if isDone { promise.keep(.success(())) }
    }

    var deliveredCount: Int { state.withLock { $0.delivered } }
}

/// An output on its way out. After a crash it may come again, with the same stream, position and ordinal.
public struct StreamOutput: Sendable, Hashable {
    /// Whose output it is.
    public let stream: StreamName
    /// The output, with its position and ordinal.
    public let row: OutputRow
}
