internal import Sharding
public import Supervision

extension DebounceMachine {
    /// Time has passed, or a place became free: orders what is due now.
    ///
    /// Call it at ``nextDeadline`` and after every other input that may have made that earlier.
    public mutating func timeAdvanced(to now: RuntimeInstant, into actions: inout [DebounceAction<Key>]) {
        observe(now)
        wheel.advance(to: self.now, into: &fired)
        for reference in fired { timerFired(reference) }
        fired.removeAll(keepingCapacity: true)
        releaseRecovering()
        while inFlightCount < configuration.maximumConcurrentPublications, let next = ready.popFirst() {
            start(next, into: &actions)
        }
    }

    private mutating func timerFired(_ reference: Reference) {
        let place = Int(reference.index)
        guard entities[place].generation == reference.generation else { return }
        entities[place].timer = nil
        switch entities[place].phase {
        case .waiting: wait(reference.index)
        case .backingOff where entities[place].retryAt <= now: makeReady(reference.index)
        case .backingOff: arm(reference.index, at: entities[place].retryAt)
        case .clean, .recovering, .ready, .publishing: break
        }
    }

    /// Lets recovered entities go at their rate. A late call may make up for a tenth of a second, no more.
    private mutating func releaseRecovering() {
        let interval = Duration.seconds(1) / configuration.recoveriesPerSecond
        nextRecovery = max(nextRecovery, now.advanced(by: .milliseconds(-100)))
        while nextRecovery <= now, let next = recovering.popFirst() {
            let entity = entities[Int(next.index)]
            guard entity.generation == next.generation && entity.phase == .recovering else { continue }
            makeReady(next.index)
            nextRecovery = nextRecovery.advanced(by: interval)
        }
    }

    private mutating func start(_ reference: Reference, into actions: inout [DebounceAction<Key>]) {
        let place = Int(reference.index)
        // A removed entity leaves its reference behind, and its place may have been taken.
        guard entities[place].generation == reference.generation else { return }
        guard entities[place].phase == .ready, let key = entities[place].key else {
            preconditionFailure("A debounce entity in the queue of ready ones is \(entities[place].phase)")
        }
        entities[place].phase = .publishing
        entities[place].publishing = entities[place].version
        entities[place].isUrgent = false
        inFlightCount += 1
        actions.append(
            .publish(key, version: entities[place].version, firstChange: entities[place].firstChange))
    }

    mutating func makeReady(_ index: Int32) {
        entities[Int(index)].phase = .ready
        ready.append(reference(index))
    }

    /// Waits for the quiet period or the longest wait, if they aren't over.
    mutating func wait(_ index: Int32) {
        let entity = entities[Int(index)]
        let dueTime = configuration.dueTime(firstChange: entity.firstChange, lastChange: entity.lastChange)
        if isClosed || dueTime <= now {
            makeReady(index)
        } else {
            entities[Int(index)].phase = .waiting
            arm(index, at: dueTime)
        }
    }

    /// Makes sure of a timer at the deadline or before. One that fires before is set again then.
    mutating func arm(_ index: Int32, at deadline: RuntimeInstant) {
        let place = Int(index)
        if let timer = entities[place].timer {
            if timer <= deadline { return }
            entities[place].generation &+= 1
        }
        entities[place].timer = deadline
        wheel.insert(reference(index), at: deadline)
    }
}
