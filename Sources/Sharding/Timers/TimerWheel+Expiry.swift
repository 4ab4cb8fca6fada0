public import Supervision

extension TimerWheel {
    /// Appends the tokens whose deadlines are `now` or earlier: by deadline, ties in order of insertion.
    ///
    /// A token never comes before its deadline. A clock that goes backwards only makes timers late.
    @inlinable
    public mutating func advance(to now: RuntimeInstant, into expired: inout [Token]) {
        let nowTick = Swift.max(tick(of: now.nanoseconds), currentTick)
        while let slot = firstOccupiedSlot, slots[slot].earliest <= now.nanoseconds {
            release(slot, now: now.nanoseconds, nowTick: nowTick, into: &expired)
        }
        guard let slot = firstOccupiedSlot else {
            currentTick = nowTick
            return
        }
        // A slot that began before now but holds nothing due yet is still filed relative to the old tick.
        if firstTick(of: slot) > nowTick { currentTick = nowTick }
    }

    /// Empties a slot: what is due goes out in order, the rest is filed again, closer to its deadline.
    @inlinable
    mutating func release(_ slot: Int, now: Int64, nowTick: UInt64, into expired: inout [Token]) {
        var node = slots[slot].head
        clear(slot)

        var isSorted = true
        var keptHead: Int32 = -1
        var keptTail: Int32 = -1
        while node >= 0 {
            let next = nodes[Int(node)].next
            if nodes[Int(node)].deadline <= now {
                let entry = Due(
                    deadline: nodes[Int(node)].deadline, sequence: nodes[Int(node)].sequence, node: node)
                if let last = due.last, entry.precedes(last) { isSorted = false }
                due.append(entry)
            } else {
                nodes[Int(node)].next = -1
                if keptTail >= 0 { nodes[Int(keptTail)].next = node } else { keptHead = node }
                keptTail = node
            }
            node = next
        }

        if !isSorted { due.sort { $0.precedes($1) } }
        for entry in due { expired.append(reclaim(entry.node)) }
        due.removeAll(keepingCapacity: true)

        // What was kept shows that now lies inside this slot: all other slots begin later and keep their places.
        if keptHead >= 0 { currentTick = nowTick }
        while keptHead >= 0 {
            let next = nodes[Int(keptHead)].next
            nodes[Int(keptHead)].next = -1
            file(keptHead)
            keptHead = next
        }
    }

    /// Takes a node's token and puts the node on the free list.
    @inlinable
    mutating func reclaim(_ node: Int32) -> Token {
        guard let token = nodes[Int(node)].token else {
            preconditionFailure("A timer wheel's slot held a free node")
        }
        nodes[Int(node)].token = nil
        nodes[Int(node)].next = freeNode
        freeNode = node
        timerCount &-= 1
        return token
    }

    @inlinable
    mutating func clear(_ slot: Int) {
        let level = slot / 64
        slots[slot] = Slot()
        occupiedSlots[level] &= ~(1 &<< UInt64(slot & 63))
        if occupiedSlots[level] == 0 { occupiedLevels &= ~(1 &<< UInt64(level)) }
    }

    /// The tick at which an occupied slot begins.
    @inlinable
    func firstTick(of slot: Int) -> UInt64 {
        let shift = UInt64(slot / 64 * 6)
        let above = ~((UInt64(64) << shift) &- 1)
        return currentTick & above | UInt64(slot & 63) << shift
    }
}
