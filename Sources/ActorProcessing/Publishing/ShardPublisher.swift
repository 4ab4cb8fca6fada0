import Sharding
import Supervision

/// The debouncer of one shard's streams, and the publications under way.
struct ShardPublisher {
    var machine: DebounceMachine<KeyTable.ID>
    /// The intake is held back since more streams wait for their publication than may be known.
    var isPausing = false
    var drains: [(number: UInt64, promise: Promise<Void>)] = []

    init(configuration: DebounceConfiguration, now: RuntimeInstant) {
        machine = DebounceMachine(configuration: configuration, startingAt: now)
    }

    var nextDeadline: RuntimeInstant? { machine.nextDeadline }

    mutating func timeAdvanced(to now: RuntimeInstant) -> [DebounceAction<KeyTable.ID>] {
        var due: [DebounceAction<KeyTable.ID>] = []
        machine.timeAdvanced(to: now, into: &due)
        return due
    }

    /// Tells those who wait for a drain that is done.
    mutating func keepDrains() {
        for drain in drains where machine.isDrained(drain.number) { drain.promise.keep(.success(())) }
        drains.removeAll { machine.isDrained($0.number) }
    }
}

extension StreamShard {
    /// A committed outcome has changed what is to be published.
    func changed(_ id: KeyTable.ID, _ version: Int64, _ coordinator: isolated ShardCoordinator) {
        actor(id.word).assumeIsolated { _ = $0.mode.insert(.dirty) }
        _ = publisher?.machine.changed(id, version: version, at: coordinator.now)
        publish(coordinator)
    }

    /// A stream was found dirty when it was loaded.
    func recovered(_ id: KeyTable.ID, _ mark: DirtyMark, _ coordinator: isolated ShardCoordinator) {
        publisher?.machine.recovered(id, version: mark.version, at: coordinator.now)
        publish(coordinator)
    }

    /// The same when it was taken over only after that.
    func recoveredLate(_ id: KeyTable.ID, _ mark: DirtyMark) {
        unsafe coordinator.assumeIsolated { recovered(id, mark, $0) }
    }

    /// A stream that isn't published yet can't be let go of: the intake waits when there are too many of them.
    func limitUnpublished() {
        guard let publisher else { return }
        let isFull = publisher.machine.dirtyCount > core.configuration.maximumKnownStreams
        if isFull == publisher.isPausing { return }
        self.publisher?.isPausing = isFull
        isFull ? core.pause.add() : core.pause.remove()
    }

    /// Starts the publications that are due.
    func publish(_ coordinator: isolated ShardCoordinator) {
        guard let due = publisher?.timeAdvanced(to: coordinator.now) else { return }
        for case .publish(let id, let version, _) in due { publish(id, version, coordinator) }
        publisher?.keepDrains()
    }

    private func publish(_ id: KeyTable.ID, _ version: Int64, _ coordinator: isolated ShardCoordinator) {
        let name = name(of: id)
        let (publication, current) = actor(id.word).assumeIsolated { actor in
            let current = max(version, actor.committed.version)
            let isBuilt = !actor.mode.contains(.unbuilt)
            return (isBuilt ? actor.cell.publication(of: name, version: current, by: program) : nil, current)
        }
        guard let publication else {
            // Nobody publishes it any more, or its state isn't there: its mark stays in the store for whoever does.
            _ = publisher?.machine.publicationSucceeded(id, version: current, at: executor.clock.now)
            actor(id.word).assumeIsolated { _ = $0.mode.remove(.dirty) }
            return
        }
        coordinator.startCall { [self] coordinator in
            do {
                try core.part?.validity.check()
                try await publication()
                publicationEnded(id, name, current, nil, coordinator)
            } catch {
                publicationEnded(id, name, current, error, coordinator)
            }
        }
    }

    private func publicationEnded(
        _ id: KeyTable.ID, _ name: StreamName, _ version: Int64, _ error: (any Error)?,
        _ coordinator: isolated ShardCoordinator
    ) {
        let now = executor.clock.now
        if let error {
            note(id, .publicationFailed(error: "\(error)"))
            core.tell(.publicationFailed(name, version: version, error))
            publisher?.machine.publicationFailed(id, at: now, random: coordinator.generator.next())
            coordinator.signal()
            return
        }
        counters.published += 1
        note(id, .published(version: version))
        guard let update = publisher?.machine.publicationSucceeded(id, version: version, at: now) else { return }
        if update.newerFirstChange == nil {
            actor(id.word).assumeIsolated { _ = $0.mode.remove(.dirty) }
        }
        clearDirty(id, name, update, coordinator)
        publish(coordinator)
        coordinator.signal()
    }

    /// Clears the mark in the store. If that fails the state is published again after a restart, which is allowed.
    private func clearDirty(
        _ id: KeyTable.ID, _ name: StreamName, _ update: DirtyMarkUpdate<KeyTable.ID>,
        _ coordinator: isolated ShardCoordinator
    ) {
        let fence = actor(id.word).partition.fence
        let clock = executor.clock
        let next = update.newerFirstChange.map { clock.wallTime.advanced(by: clock.now.duration(to: $0)) }
        coordinator.startTask { [self] coordinator in
            do {
                try await store.clearDirty(
                    name, reactor: reactor, through: update.publishedVersion, nextChange: next, fence: fence)
            } catch {
                core.tell(.dirtyMarkNotCleared(name, error))
            }
        }
    }

    /// A load has ended.
    func loadEnded(_ coordinator: isolated ShardCoordinator) {
        loadsUnderWay -= 1
        if loadsUnderWay > 0 || drainsAfterLoading.isEmpty { return }
        let drains = drainsAfterLoading
        drainsAfterLoading = []
        for drain in drains { drainPublications(drain.promise, closing: drain.closing, coordinator) }
    }

    /// Publishes everything that is dirty now, and keeps the promise when that is done.
    func drainPublications(_ promise: Promise<Void>, closing: Bool, _ coordinator: isolated ShardCoordinator) {
        guard publisher != nil else {
            promise.keep(.success(()))
            return
        }
        if loadsUnderWay > 0 {
            // They may be loading what is dirty since the last run.
            return drainsAfterLoading.append((promise, closing))
        }
        let now = executor.clock.now
        if closing { publisher?.machine.closed(at: now) }
        if let number = publisher?.machine.drain(at: now) { publisher?.drains.append((number, promise)) }
        publish(coordinator)
        publisher?.keepDrains()
    }
}
