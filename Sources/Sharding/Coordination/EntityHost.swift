package import Supervision

/// What the coordinator's owner supplies: it knows what entities are. All calls come on the shard's executor.
package protocol EntityHost: AnyObject, Sendable {
    /// The entity behind the word that the host keeps beside a key.
    func entity(_ word: UInt64) -> any Entity

    /// Working memory for the turns of one runner.
    func makeScratch() -> AnyObject

    /// Runs an entity's turn at once when that can't suspend; `nil`, with nothing changed, leaves the turn to
    /// ``Entity/takeTurn(_:)``, which costs a task's switches.
    func takeTurnAtOnce(_ id: KeyTable.ID, _ runner: Runner, _ coordinator: isolated ShardCoordinator) -> TurnEnd?

    /// Something was posted to the shard.
    func received(_ message: any ShardMessage, _ coordinator: isolated ShardCoordinator)

    /// A turn has ended with an outcome to commit.
    func turnCommitting(_ id: KeyTable.ID, _ runner: Runner, _ coordinator: isolated ShardCoordinator)

    /// Nothing is ready any more, or runners have come back: a good moment to commit what has gathered.
    func turnsEnded(_ coordinator: isolated ShardCoordinator)

    /// The class of a failed turn, and its error.
    func failure(of id: KeyTable.ID, _ runner: Runner, _ coordinator: isolated ShardCoordinator) -> EntityFailure

    /// What supervision has decided about a failed entity. After `resume` and `stop` it is given another turn.
    func decided(
        _ decision: FailureDecision, about id: KeyTable.ID, failure: EntityFailure,
        _ coordinator: isolated ShardCoordinator)

    /// A call doesn't come back: `overdue` when it has been cancelled, `abandoned` when it was given up.
    func callHangs(_ id: KeyTable.ID, abandoned: Bool, _ coordinator: isolated ShardCoordinator)

    /// The host's own timers: the next one is due at ``nextDeadline``.
    func timeAdvanced(to now: RuntimeInstant, _ coordinator: isolated ShardCoordinator)
    var nextDeadline: RuntimeInstant? { get }

    /// Lets go of an idle entity: the word to keep instead, or `nil` if it has to stay.
    func passivate(_ id: KeyTable.ID, word: UInt64, _ coordinator: isolated ShardCoordinator) -> UInt64?
}

/// Something posted to a shard.
package protocol ShardMessage: AnyObject, Sendable {
    /// The shard doesn't work any more. Called on any thread.
    func undeliverable()
}

extension ShardMessage {
    package func undeliverable() {}
}

/// Why a turn failed.
package struct EntityFailure: Sendable {
    package var errorClass: ErrorClass
    package var error: any Error

    package init(_ error: any Error, isOverdue: Bool = false) {
        let errorClass = ErrorClass(classifying: error)
        self.errorClass = isOverdue && errorClass == .cancelled ? .timedOut : errorClass
        self.error = error
    }
}

/// What follows a failure.
package enum FailureDecision: Sendable {
    /// It is tried again after this wait.
    case restart(after: Duration, attempt: Int)
    /// What failed is skipped.
    case resume
    /// The entity is set aside.
    case stop(StopReason, attempts: Int)
}
