public import Supervision

extension TimerWheel {
    /// Adds a timer. A deadline that has passed already expires at the next ``advance(to:into:)``.
    @inlinable
    public mutating func insert(_ token: Token, at deadline: RuntimeInstant) {
        let node: Int32
        if freeNode >= 0 {
            node = freeNode
            freeNode = nodes[Int(node)].next
            nodes[Int(node)] = Node(deadline: deadline.nanoseconds, sequence: nextSequence, token: token)
        } else {
            node = Int32(nodes.count)
            nodes.append(Node(deadline: deadline.nanoseconds, sequence: nextSequence, token: token))
        }
        nextSequence &+= 1
        timerCount &+= 1
        file(node)
    }

    /// Makes room for a number of timers.
    public mutating func reserveCapacity(_ capacity: Int) {
        nodes.reserveCapacity(capacity)
    }

    /// Appends a node to the slot that its deadline belongs to, seen from the current tick.
    @inlinable
    mutating func file(_ node: Int32) {
        let deadline = nodes[Int(node)].deadline
        let tick = Swift.max(tick(of: deadline), currentTick)
        let differing = tick ^ currentTick
        let level = differing == 0 ? 0 : (63 &- differing.leadingZeroBitCount) / 6
        let index = Int(truncatingIfNeeded: (tick &>> UInt64(level &* 6)) & 63)
        let slot = level &* 64 &+ index

        let tail = slots[slot].tail
        if tail >= 0 {
            nodes[Int(tail)].next = node
            slots[slot].earliest = Swift.min(slots[slot].earliest, deadline)
        } else {
            slots[slot].head = node
            slots[slot].earliest = deadline
            occupiedSlots[level] |= 1 &<< UInt64(index)
            occupiedLevels |= 1 &<< UInt64(level)
        }
        slots[slot].tail = node
    }
}
