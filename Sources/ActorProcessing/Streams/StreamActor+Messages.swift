import Sharding
import Supervision

extension StreamActor {
    /// Hands the timer or command at the head to the machine.
    nonisolated func takeMessage(_ scratch: TurnScratch) -> TurnEnd {
        let reference = shard.nodes[mailbox.head].reference
        let message = shard.message(reference)
        if case .timer(let timer) = message, !isDue(timer) {
            shard.resolved(mailbox.removeFirst(in: &shard.nodes))
            return .done(moreWork: hasWork)
        }
        scratch.partition = home
        var context = HandlerContext(
            shard: shard, runner: nil, attempt: mode.contains(.cautious) ? moreExtras.attempts : 0, isReplaying: false)
        do {
            try cell.handle(message, &context)
            let position = committed.afterTurn
            let publishes = publishes(context)
            var effects = context.effects ?? OutcomeEffects()
            effects.snapshot = try snapshot(at: position, events: 0, isForced: true)
            if publishes {
                effects.dirty = DirtyMark(version: position.version, firstChange: shard.executor.clock.wallTime)
            }
            return finish(scratch, consumed: 1, position: position, effects: effects)
        } catch {
            if case .command(let command) = message {
                cell.rollBack()
                command.fail(error)
                shard.resolved(mailbox.removeFirst(in: &shard.nodes))
                return .done(moreWork: hasWork)
            }
            return turnFailed(error, scratch)
        }
    }

    /// The message at the head can't be taken: a command fails, a timer goes.
    nonisolated func refuseMessage(_ scratch: TurnScratch, _ error: any Error) -> TurnEnd {
        if case .command(let command) = shard.message(shard.nodes[mailbox.head].reference) { command.fail(error) }
        shard.resolved(mailbox.removeFirst(in: &shard.nodes))
        mode.subtract([.cautious, .skipping])
        return .done(moreWork: hasWork)
    }

    /// Whether the state still waits for a timer: it may have been cancelled or set again since.
    private nonisolated func isDue(_ timer: StreamShard.Timer) -> Bool {
        cell.timers.contains { $0.name == timer.name && $0.due == timer.due }
    }

    /// The timers of the committed state, for the shard to wait for.
    var pendingTimers: [PendingTimer] { cell.timers }
}
