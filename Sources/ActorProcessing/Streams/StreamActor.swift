import Sharding
import Supervision

/// One stream: its order, its mailbox, its state. Owned by its shard's coordinator, which runs its turns.
///
/// All stream actors of a shard share the shard's executor. What they share beside it is the ``StreamShard``. What every
/// event does to a stream is `nonisolated`, for the shard and the coordinator to call it as plain functions: they run on the
/// same executor, and nobody else has a reference to a stream actor. `assumeIsolated` would check that for each event, and
/// allocate a context for each check.
@safe actor StreamActor: Entity {
    // The order decision reads the first few words; they share a cache line.
    // Exclusivity isn't checked at run time for the properties that every event touches: they are trivial or structs whose
    // methods call nothing that could come back here while they are being changed.
    @safe @exclusivity(unchecked) nonisolated(unsafe) var sequence: SequenceMachine
    @safe @exclusivity(unchecked) nonisolated(unsafe) var mode: StreamMode
    @safe @exclusivity(unchecked) nonisolated(unsafe) var mailbox = Mailbox()
    nonisolated let id: KeyTable.ID
    nonisolated let shard: StreamShard
    /// The cell, retained.
    @safe @exclusivity(unchecked) private nonisolated(unsafe) var heldCell: Unmanaged<StreamCell>
    /// What the store holds.
    @safe @exclusivity(unchecked) nonisolated(unsafe) var committed: StreamPosition
    /// Where the store finds it. It fills the gap behind the position.
    @safe @exclusivity(unchecked) nonisolated(unsafe) var handle = StreamHandle.none
    @safe @exclusivity(unchecked) nonisolated(unsafe) var extras: StreamExtras?
    /// The partition that its events come through, or home while none is known. It lives as long as the reactor, which
    /// outlives its streams. Like the rest it is touched on the shard's executor only, also from outside of the actor.
    @safe @exclusivity(unchecked) nonisolated(unsafe) var home: Unmanaged<PartitionState>

    nonisolated var partition: PartitionState { unsafe home.takeUnretainedValue() }

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe shard.executor.asUnownedSerialExecutor() }

    init(id: KeyTable.ID, shard: StreamShard, partition: PartitionState) {
        unsafe home = .passUnretained(partition)
        self.id = id
        self.shard = shard
        sequence = SequenceMachine(contract: shard.contract, position: .none)
        mode = .loading
        unsafe heldCell = .passRetained(shard.program.makeCell { shard.name(of: id) })
        committed = .none
    }

    deinit { unsafe heldCell.release() }

    nonisolated var cell: StreamCell {
        get { unsafe heldCell.takeUnretainedValue() }
        set {
            let old = heldCell
            unsafe heldCell = .passRetained(newValue)
            unsafe old.release()
        }
    }

    /// Calls `body` with the cell, without counting a reference to it.
    @inline(__always)
    nonisolated func withCell<Result>(_ body: (StreamCell) throws -> Result) rethrows -> Result {
        try unsafe heldCell._withUnsafeGuaranteedRef(body)
    }

    /// Reads a word of the cell, so that the handler finds it in the cache.
    @inline(__always)
    nonisolated func touchCell() -> UInt64 {
        // Only read, and nothing depends on what is read; every object has more than 24 bytes here.
        unsafe UnsafeRawPointer(heldCell.toOpaque()).load(fromByteOffset: 16, as: UInt64.self)
    }

    /// Whose fence an outcome of this message carries: a stream that an order had activated learns of its partition here.
    @inline(__always)
    nonisolated func owner(of reference: RowReference) -> Unmanaged<PartitionState> {
        if unsafe home.toOpaque() == shard.homeAddress, !reference.isMessage {
            unsafe home = .passUnretained(shard.slots.delivery(reference.slot).partition)
        }
        return home
    }

    /// What an order had activated may have been loaded before its partition was taken over: another process could still
    /// commit then, and such an outcome would be mistaken for one of ours whose answer was lost.
    nonisolated func findHome() {
        guard unsafe home.toOpaque() == shard.homeAddress, !mailbox.isEmpty else { return }
        _ = unsafe owner(of: shard.nodes[mailbox.head].reference)
        if unsafe home.toOpaque() != shard.homeAddress {
            mode.remove(.foreign)
            mode.insert(.stale)
        }
    }

    /// Somebody wants something of it. While it isn't known whose stream it is, another node may have changed it since it was
    /// loaded.
    nonisolated func orderArrived() {
        if shard.core.part != nil, unsafe home.toOpaque() == shard.homeAddress { mode.insert(.stale) }
    }

    /// The store has told which partition the stream has come through; what activated it may have been an order.
    ///
    /// - Parameter opened: how many partitions were open when the store was asked. One that was opened since may have had
    ///   another owner at that time, who has moved the stream on.
    nonisolated func belongs(to partition: PartitionID, knowing opened: Int) {
        mode.remove(.foreign)
        guard partition != "", unsafe home.toOpaque() == shard.homeAddress else { return }
        guard let found = shard.core.openPartitions[partition] else {
            mode.insert(.foreign)
            return
        }
        // It lives as long as the reactor: the core has it.
        unsafe home = .passUnretained(found.partition)
        if found.number >= opened { mode.insert(.stale) }
    }

    nonisolated var moreExtras: StreamExtras {
        if let extras { return extras }
        let made = StreamExtras()
        extras = made
        mode.insert(.extras)
        return made
    }

    /// How many events were handled since the last snapshot, where states may be kept later than they are committed.
    nonisolated var unkept: UInt32 {
        get { extras?.unkept ?? 0 }
        set { if newValue != unkept { moreExtras.unkept = newValue } }
    }

    /// How many they will be when the outcome under way is committed.
    nonisolated var unkeptAfterCommit: UInt32 {
        get { extras?.unkeptAfterCommit ?? 0 }
        set { if newValue != unkeptAfterCommit { moreExtras.unkeptAfterCommit = newValue } }
    }

    /// Whether an operator wants something of it.
    nonisolated var hasRequests: Bool { !(extras?.requests.isEmpty ?? true) }

    /// An event has arrived. Returns whether there is work to do now.
    @inline(__always)
    nonisolated func eventArrived(_ row: RowReference, index: Int64) -> Bool {
        if !mode.isDisjoint(with: .special) { return arrivedInSpecialMode(row, index: index) }
        switch sequence.eventArrived(index, row, contract: shard.contract) {
        case .deliver:
            mailbox.append(row, in: &shard.nodes)
            if sequence.isWaiting { takeUpWaiting() }
            return true
        case .duplicate:
            shard.duplicateArrived(row, of: id, index: index)
            return false
        case .stashed:
            shard.eventStashed(id, index: index)
            return false
        }
    }

    nonisolated func takeUpWaiting() {
        shard.stashChanged(id)
        while let next = sequence.takeNext() { mailbox.append(next, in: &shard.nodes) }
    }

    private nonisolated func arrivedInSpecialMode(_ row: RowReference, index: Int64) -> Bool {
        if mode.contains(.loading) {
            mailbox.append(row, in: &shard.nodes)
            return false
        }
        if index < committed.nextIndex {
            shard.duplicateArrived(row, of: id, index: index)
            return false
        }
        mailbox.append(shard.detached(row), in: &shard.nodes)
        return true
    }

    /// A timer or a command has come.
    func messageArrived(_ reference: RowReference) {
        mailbox.append(reference, in: &shard.nodes)
    }

    /// The store has told how far the stream is. What came meanwhile is put in order now.
    func loaded(_ stored: StoredStream?) -> Bool {
        mode.remove(.loading)
        if let stored {
            committed = stored.position
            handle = stored.handle
            sequence = SequenceMachine(contract: shard.contract, position: stored.position)
            if stored.isParked { parkedBefore(through: stored.parkedThrough) }
            if stored.dirty != nil, mode.isDisjoint(with: [.foreign, .unbuilt]) { mode.insert(.dirty) }
        }
        var hasWork = false
        for _ in 0..<mailbox.count {
            let row = mailbox.removeFirst(in: &shard.nodes)
            if row.isMessage {
                mailbox.append(row, in: &shard.nodes)
                hasWork = true
            } else if eventArrived(row, index: shard.index(of: row)) {
                hasWork = true
            }
        }
        // Supervision is to hear of it though nothing else may come.
        return hasWork || hasRequests || mode.contains(.unbuilt)
    }

    /// The tickets of those events at the mailbox's head that came through a batch of the intake's.
    func openTickets(among count: UInt32) -> [FeedPosition: Int64] {
        var found: [FeedPosition: Int64] = [:]
        var node = mailbox.head
        for _ in 0..<count {
            let entry = shard.nodes[node]
            if !entry.reference.isMessage, shard.slots.delivery(entry.reference.slot).hasTickets {
                found[FeedPosition(shard.event(entry.reference).position)] = shard.index(of: entry.reference)
            }
            node = entry.next
        }
        return found
    }

    /// The outcome of the last turn is committed. Returns whether there is more to do.
    @inline(__always)
    nonisolated func outcomeCommitted(_ consumed: UInt32, _ position: StreamPosition) -> Bool {
        withCell { $0.commit() }
        if shard.snapshotsMayWait { unkept = unkeptAfterCommit }
        for _ in 0..<consumed { shard.resolved(mailbox.removeFirst(in: &shard.nodes)) }
        if position.nextIndex > sequence.expected, position.nextIndex > committed.nextIndex {
            let wasWaiting = sequence.isWaiting
            for row in sequence.settled(below: position.nextIndex) {
                shard.duplicateArrived(row, of: id, index: shard.index(of: row))
            }
            if wasWaiting { takeUpWaiting() }
        }
        committed = position
        if mode.isEmpty { return !mailbox.isEmpty }
        leaveExceptionalModes()
        return !mailbox.isEmpty || hasRequests
    }

    private nonisolated func leaveExceptionalModes() {
        mode.remove(.skipping)
        if mode.contains(.unwell) { isWellAgain() }
        guard let extras else { return }
        extras.attempts = 0
        if let end = extras.requestEnd { endRequest(end) }
        if committed.nextIndex > extras.cautiousThrough { mode.remove(.cautious) }
    }

    /// Whether the actor may be let go of: nothing is in it that the store doesn't hold, but for a state that the feed may be
    /// able to bring back (``unkept``).
    var mayPassivate: Bool {
        mailbox.isEmpty && !sequence.isWaiting && mode.isDisjoint(with: [.loading, .dirty, .overfull])
            && cell.isDisposable(by: shard.program)
            && cell.timers.isEmpty && !hasRequests
    }
}
