import Sharding
import Supervision

/// The event-sourced streams of one shard: gives them to a coordinator that knows only entities.
@safe final class SourcedShard<Model: Decider>: EntityHost, @unchecked Sendable {
    // @unchecked: the mutable state is touched only on `executor`, by the coordinator and its streams.

    let executor: ShardExecutor
    let decider: Model
    let journal: any Journal
    let snapshots: (any JournalSnapshots)?
    let configuration: EventSourcingConfiguration
    private var generator: SplitMix64

    init(
        executor: ShardExecutor, decider: Model, journal: any Journal, snapshots: (any JournalSnapshots)?,
        configuration: EventSourcingConfiguration, generator: SplitMix64
    ) {
        self.executor = executor
        self.decider = decider
        self.journal = journal
        self.snapshots = snapshots
        self.configuration = configuration
        self.generator = generator
    }

    func backoff(_ attempt: Int) -> Duration { configuration.backoff.delay(forAttempt: attempt, using: &generator) }

    func entity(_ word: UInt64) -> any Entity { stream(word) }

    private func stream(_ word: UInt64) -> SourcedStream<Model> {
        // The word beside a resident key is the actor that `makeStream` retained.
        unsafe Unmanaged<SourcedStream<Model>>.fromOpaque(UnsafeRawPointer(bitPattern: UInt(word))!)
            .takeUnretainedValue()
    }

    private func makeStream(_ name: StreamName) -> UInt64 {
        let stream = SourcedStream(name: name, shard: self)
        return unsafe UInt64(UInt(bitPattern: Unmanaged.passRetained(stream).toOpaque()))
    }

    private func release(_ word: UInt64) {
        // `makeStream` retained it.
        unsafe Unmanaged<SourcedStream<Model>>.fromOpaque(UnsafeRawPointer(bitPattern: UInt(word))!).release()
    }

    func received(_ message: any ShardMessage, _ coordinator: isolated ShardCoordinator) {
        guard let message = message as? CommandMessage<Model> else {
            preconditionFailure("a shard of streams was sent a \(type(of: message))")
        }
        let id = find(message.stream, coordinator)
        stream(id.word).assumeIsolated { $0.arrived(message.command) }
        coordinator.workArrived(id)
    }

    /// The entity of a stream, made resident if need be. Its state is read in its first turn.
    private func find(_ name: StreamName, _ coordinator: isolated ShardCoordinator) -> KeyTable.ID {
        var text = name.value
        let hash = name.stableHash
        let (id, isNew) = text.withUTF8 { bytes in
            // Non-null: names aren't empty.
            let base = unsafe UnsafeRawPointer(bytes.baseAddress!)
            if let id = unsafe coordinator.table.find(base, length: bytes.count, hash: hash) { return (id, false) }
            let id = unsafe coordinator.activate(base, length: bytes.count, hash: hash) { _ in makeStream(name) }
            return (id, true)
        }
        if isNew {
            coordinator.loaded(id)
        } else if coordinator[machine: id].phase == .passive {
            coordinator.reactivate(id, word: makeStream(name))
            coordinator.loaded(id)
        }
        return id
    }

    func passivate(_ id: KeyTable.ID, word: UInt64, _ coordinator: isolated ShardCoordinator) -> UInt64? {
        guard stream(word).assumeIsolated({ $0.mayPassivate }) else { return nil }
        release(word)
        return 0
    }

    func callHangs(_ id: KeyTable.ID, abandoned: Bool, _ coordinator: isolated ShardCoordinator) {
        if abandoned { stream(id.word).assumeIsolated { $0.givenUp() } }
    }

    /// To be called once the coordinator's run has ended: nobody may wait any longer, and the streams go.
    func close(_ coordinator: isolated ShardCoordinator, _ error: any Error) {
        var words: [UInt64] = []
        for place in 0..<coordinator.table.end {
            guard let id = coordinator.table.key(at: place), coordinator[machine: id].phase != .passive else {
                continue
            }
            let word = id.word
            words.append(word)
            stream(word).assumeIsolated { $0.abandon(error) }
        }
        // Calls that were given up still refer to their streams.
        coordinator.whenUnreferenced { _ in for word in words { self.release(word) } }
    }
}

// Turns neither fail nor hand over outcomes: a stream's machine sees to its failures and appends by itself.
extension SourcedShard {
    private final class NoScratch {}

    func makeScratch() -> AnyObject { NoScratch() }

    func takeTurnAtOnce(_ id: KeyTable.ID, _ runner: Runner, _ coordinator: isolated ShardCoordinator) -> TurnEnd? {
        nil
    }

    func turnCommitting(_ id: KeyTable.ID, _ runner: Runner, _ coordinator: isolated ShardCoordinator) {
        preconditionFailure("an event-sourced stream hands over no outcome")
    }

    func turnsEnded(_ coordinator: isolated ShardCoordinator) {}

    func failure(of id: KeyTable.ID, _ runner: Runner, _ coordinator: isolated ShardCoordinator) -> EntityFailure {
        preconditionFailure("a turn of an event-sourced stream doesn't fail")
    }

    func decided(
        _ decision: FailureDecision, about id: KeyTable.ID, failure: EntityFailure,
        _ coordinator: isolated ShardCoordinator
    ) {
        preconditionFailure("a turn of an event-sourced stream doesn't fail")
    }

    func timeAdvanced(to now: RuntimeInstant, _ coordinator: isolated ShardCoordinator) {}

    var nextDeadline: RuntimeInstant? { nil }
}
