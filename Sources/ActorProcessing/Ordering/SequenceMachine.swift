/// The order of one stream's events: what comes at its turn, what is a duplicate, what has to wait.
///
/// It is two words as long as nothing waits. What waits is kept as references, sorted by index. All four ordering
/// contracts are the same machine: they differ in where a stream begins and in whether a gap matters.
package struct SequenceMachine: Sendable {
    /// What becomes of an event that arrives.
    package enum Arrival: Sendable, Equatable {
        /// It is its turn. Look for what waited behind it: ``takeNext()``.
        case deliver
        /// It was here before.
        case duplicate
        /// It waits for those before it.
        case stashed
    }

    package struct Waiting: Sendable, Equatable {
        package let index: Int64
        package let row: RowReference
    }

    /// The index whose turn is next; `Int64.min` before the first event of a stream that may begin anywhere.
    package private(set) var expected: Int64
    /// What waits, the highest index first.
    private var waiting: ContiguousArray<Waiting> = []

    /// - Parameter position: how far the stream is handled already.
    package init(contract: OrderingContract, position: StreamPosition) {
        // Turns may have been committed before any event: by commands, or by parking the first.
        if case .contiguous(let first) = contract, position.nextIndex == .min {
            expected = first
        } else {
            expected = position.nextIndex
        }
    }

    /// Whether events wait for one that hasn't come.
    @inline(__always)
    package var isWaiting: Bool { !waiting.isEmpty }

    /// How many events wait.
    package var waitingCount: Int { waiting.count }

    /// The indices that are missing before the first event that waits; `nil` when none does.
    package var gap: Range<Int64>? { waiting.last.map { expected..<$0.index } }

    /// An event has arrived.
    @inline(__always)
    package mutating func eventArrived(_ index: Int64, _ row: RowReference, contract: OrderingContract) -> Arrival {
        if index == expected {
            expected = index &+ 1
            return .deliver
        }
        return outOfTurn(index, row, contract: contract)
    }

    @inline(never)
    private mutating func outOfTurn(_ index: Int64, _ row: RowReference, contract: OrderingContract) -> Arrival {
        if index < expected { return .duplicate }
        switch contract {
        case .increasing, .arrival:
            expected = index + 1
            return .deliver
        case .fromFirstSeen where expected == .min:
            expected = index + 1
            return .deliver
        case .contiguous, .fromFirstSeen:
            return stash(Waiting(index: index, row: row))
        }
    }

    private mutating func stash(_ event: Waiting) -> Arrival {
        var low = 0
        var high = waiting.count
        while low < high {
            let middle = (low + high) / 2
            if waiting[middle].index > event.index { low = middle + 1 } else { high = middle }
        }
        if low < waiting.count, waiting[low].index == event.index { return .duplicate }
        waiting.insert(event, at: low)
        return .stashed
    }

    /// The next event that waited and whose turn has come.
    @inline(__always)
    package mutating func takeNext() -> RowReference? {
        guard let next = waiting.last, next.index == expected else { return nil }
        waiting.removeLast()
        expected += 1
        if waiting.isEmpty, waiting.capacity > 16 { waiting = [] }
        return next.row
    }

    /// Everything below `index` is settled: by a handler that went ahead, or by skipping a gap.
    ///
    /// - Returns: what waited below it and is now a duplicate.
    package mutating func settled(below index: Int64) -> [RowReference] {
        guard index > expected else { return [] }
        expected = index
        var duplicates: [RowReference] = []
        while let next = waiting.last, next.index < index {
            duplicates.append(next.row)
            waiting.removeLast()
        }
        return duplicates
    }

    /// Takes out everything that waits, in order of index.
    package mutating func takeAllWaiting() -> [Waiting] {
        defer { waiting = [] }
        return waiting.reversed()
    }

    /// What waits now, in order of index.
    package var allWaiting: [Waiting] { waiting.reversed() }

    /// Another reference stands for an event that waits.
    package mutating func replaced(_ old: RowReference, by new: RowReference) {
        guard let place = waiting.firstIndex(where: { $0.row == old }) else { return }
        waiting[place] = Waiting(index: waiting[place].index, row: new)
    }
}
