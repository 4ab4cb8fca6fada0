import Sharding
import Supervision

/// One event-sourced stream: its commands and its state. Owned by its shard's coordinator, which runs its turns.
actor SourcedStream<Model: Decider>: Entity {
    private nonisolated let shard: SourcedShard<Model>
    private let name: StreamName
    private var machine: CommandMachine<Model>
    private var mailbox = RingBuffer<SentCommand<Model>>()
    /// The command that is being worked at.
    private var current: SentCommand<Model>?

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe shard.executor.asUnownedSerialExecutor() }

    init(name: StreamName, shard: SourcedShard<Model>) {
        self.name = name
        self.shard = shard
        machine = CommandMachine(decider: shard.decider, stream: name, configuration: shard.configuration)
    }

    /// Nothing is lost when it goes: its state is in the journal.
    var mayPassivate: Bool { mailbox.isEmpty && current == nil }

    /// A command has come; one too many is refused.
    func arrived(_ command: SentCommand<Model>) {
        let limit = shard.configuration.maximumWaitingPerStream
        let waiting = mailbox.count + (current == nil ? 0 : 1)
        guard waiting <= limit else {
            return command.answer(.failure(EventSourcingError.overloaded("stream '\(name)'", limit: limit)))
        }
        mailbox.append(command)
    }

    /// Works at one command: until it is answered, or has to wait.
    func takeTurn(_ runner: Runner) async -> TurnEnd {
        if current == nil {
            guard !mailbox.isEmpty else { return .done(moreWork: false) }
            let next = mailbox.removeFirst()
            current = next
            machine.taken(next)
        }
        machine.waited()
        while true {
            let order = machine.next(at: shard.executor.clock.wallTime)
            switch order {
            case .rest: return .done(moreWork: !mailbox.isEmpty)
            case .wait(let attempt): return .later(shard.backoff(attempt))
            case .answer(let answer):
                if let snapshot = answered(answer) { await save(snapshot) }
            case .readSnapshot: await readSnapshot(runner)
            case .read(let index): await read(from: index, runner)
            case .append(let events, let version): await append(events, at: version, runner)
            case .find(let id): await find(id, runner)
            case .readState: await readState(runner)
            }
            // Somebody else has answered; the state is read anew.
            if runner.isAbandoned {
                machine.abandoned()
                return .done(moreWork: true)
            }
        }
    }

    private func answered(_ answer: CommandMachine<Model>.Answer) -> JournalSnapshot? {
        current?.answer(answer)
        current = nil
        do {
            return try machine.answered()
        } catch {
            shard.configuration.onSnapshotFailure?(name, error)
            return nil
        }
    }

    private func read(from index: Int64, _ runner: Runner) async {
        do {
            let batch = try await shard.journal.events(of: name, from: index, upTo: shard.configuration.readLimit)
            if !runner.isAbandoned { machine.eventsRead(batch) }
        } catch {
            if !runner.isAbandoned { machine.failed(error) }
        }
    }

    private func append(_ events: [NewEvent], at version: Int64, _ runner: Runner) async {
        do {
            let result = try await shard.journal.append(events, to: name, expected: .exact(version))
            if !runner.isAbandoned { machine.appended(result) }
        } catch {
            if !runner.isAbandoned { machine.appendFailed(error) }
        }
    }

    private func find(_ id: String, _ runner: Runner) async {
        do {
            let index = try await shard.journal.index(of: id, in: name)
            if !runner.isAbandoned { machine.found(index) }
        } catch {
            if !runner.isAbandoned { machine.failed(error) }
        }
    }

    private func readState(_ runner: Runner) async {
        do {
            let state = try await shard.journal.state(of: name)
            if !runner.isAbandoned { machine.stateRead(state) }
        } catch {
            if !runner.isAbandoned { machine.failed(error) }
        }
    }

    private func readSnapshot(_ runner: Runner) async {
        var snapshot: JournalSnapshot?
        do {
            snapshot = try await shard.snapshots?.snapshot(of: name, decider: shard.decider.name)
        } catch {
            shard.configuration.onSnapshotFailure?(name, error)
        }
        if runner.isAbandoned { return }
        do {
            try machine.snapshotRead(snapshot)
        } catch {
            shard.configuration.onSnapshotFailure?(name, error)
        }
    }

    private func save(_ snapshot: JournalSnapshot) async {
        do {
            try await shard.snapshots?.save(snapshot, of: name, decider: shard.decider.name)
        } catch {
            shard.configuration.onSnapshotFailure?(name, error)
        }
    }

    /// The call that works at the command doesn't come back: whoever waits is told, and the stream is left to the call.
    func givenUp() {
        current?.answer(.failure(EventSourcingError.outcomeUnknown(name, nil)))
        current = nil
    }

    /// The shard has ended: nobody may wait any longer.
    func abandon(_ error: any Error) {
        givenUp()
        while !mailbox.isEmpty { mailbox.removeFirst().answer(.failure(error)) }
    }
}
