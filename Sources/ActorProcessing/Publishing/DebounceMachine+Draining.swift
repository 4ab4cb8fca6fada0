public import Supervision

extension DebounceMachine {
    /// Everything dirty is to be published now, without waiting for quiet, for a retry's delay or for the recovery rate.
    ///
    /// O(entities). The publications are ordered by the next ``timeAdvanced(to:into:)``.
    /// - Returns: The drain's number, for ``isDrained(_:)``. Changes after this call don't count towards it.
    @discardableResult
    public mutating func drain(at now: RuntimeInstant) -> UInt64 {
        observe(now)
        for place in entities.indices {
            switch entities[place].phase {
            case .waiting, .recovering, .backingOff: makeReady(Int32(place))
            case .publishing: entities[place].isUrgent = entities[place].hasNewer
            case .ready, .clean: break
            }
        }
        recovering = RingBuffer()
        drainsBegun += 1
        dirtyByDrain.append(0)
        forgetFinishedDrains()
        return drainsBegun
    }

    /// No more time is to be spent waiting for quiet: everything dirty, and what changes from now on, is published at once.
    ///
    /// Failed publications are still repeated with their delays.
    public mutating func closed(at now: RuntimeInstant) {
        isClosed = true
        drain(at: now)
    }

    mutating func countDirty(since drains: UInt64) {
        dirtyByDrain[Int(drains - oldestDrain)] += 1
    }

    mutating func forgetDirty(since drains: UInt64) {
        dirtyByDrain[Int(drains - oldestDrain)] -= 1
        forgetFinishedDrains()
    }

    private mutating func forgetFinishedDrains() {
        while dirtyByDrain.count > 1 && dirtyByDrain[0] == 0 {
            dirtyByDrain.removeFirst()
            oldestDrain += 1
        }
    }
}
