import Sharding
import Supervision
import Synchronization

/// Holds the messages that wait for their delivery, and wakes whoever delivers them.
final class MessagePump: Sendable {
    private struct State {
        var machine = MessageMachine()
        var wakeUp: WakeUp?
        var brake: IntakeBrake
        var drains: [Promise<Void>] = []
        var delivered = 0
        var undeliverable = 0
        var hasFailed = false
    }

    private let state: Mutex<State>

    /// - Parameter limit: the number of waiting messages from which on the intake pauses.
    init(pause: IntakePause, limit: Int) {
        state = Mutex(State(brake: IntakeBrake(pause, limit: limit)))
    }

    func committed(_ messages: [OutgoingMessage]) { change { $0.committed(messages) } }

    func recovered(_ messages: [OutgoingMessage]) { change { $0.recovered(messages) } }

    func recoveryEnded(of source: MessageMachine.Source) { change { $0.recoveryEnded(of: source) } }

    private func change(_ body: (inout MessageMachine) -> Void) {
        let wakeUp = state.withLock { state -> WakeUp? in
            body(&state.machine)
            state.brake.counted(state.machine.count)
            defer { state.wakeUp = nil }
            return state.wakeUp
        }
        wakeUp?.wake()
    }

    /// The batches to deliver next. Suspends until there are some.
    func next(receivers: Int, messages: Int, on executor: ShardExecutor) async throws -> [MessageBatch] {
        while true {
            let wakeUp = WakeUp()
            let now = executor.clock.now
            let action = state.withLock { state in
                let action = state.machine.next(receivers: receivers, messages: messages, at: now)
                if case .wait = action { state.wakeUp = wakeUp }
                return action
            }
            switch action {
            case .deliver(let batches): return batches
            case .wait(let time):
                if let time { executor.schedule(wakeUp, at: time) }
                try await wakeUp.wait()
            }
        }
    }

    /// A batch has come to its end.
    ///
    /// - Parameter retryAt: when to go on with what is left of it, if it has failed.
    func delivered(_ report: MessageReport, retryAt: RuntimeInstant?) {
        let drained = state.withLock { state -> [Promise<Void>] in
            state.machine.delivered(report.done.count, to: report.receiver, retryAt: retryAt)
            state.delivered += report.done.count - report.refused.count
            state.undeliverable += report.refused.count
            state.brake.counted(state.machine.count)
            if state.machine.count > 0 { return [] }
            defer { state.drains = [] }
            return state.drains
        }
        for promise in drained { promise.keep(.success(())) }
    }

    /// Nothing more is delivered in this run.
    func failed() { state.withLock { $0.hasFailed = true } }

    /// Whether messages leave: what the last run has left is known, and nothing has gone wrong for good.
    var delivers: Bool { state.withLock { !$0.machine.isHeld && !$0.hasFailed } }

    /// Keeps the promise when nothing is left to deliver.
    func drained(_ promise: Promise<Void>) {
        let isDone = state.withLock { state in
            if state.machine.count == 0 { return true }
            state.drains.append(promise)
            return false
        }
        if isDone { promise.keep(.success(())) }
    }

    var counts: (waiting: Int, delivered: Int, undeliverable: Int) {
        state.withLock { ($0.machine.count, $0.delivered, $0.undeliverable) }
    }
}
