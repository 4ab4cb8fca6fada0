import Sharding
import Supervision

/// One stripe of a reactor's streams: those whose hashes fall in one range. Its owner's lock guards it.
struct InMemoryStripe: ~Copyable {
    /// The streams: the word is the next index, the tag their place in the table and whether there are details. None is ever
    /// removed, so the place is the same for as long as the store lives.
    var keys = KeyTable()
    var details: [InMemoryStream] = []
    /// Where the details of those streams are that have some.
    private var detailPlaces: [KeyTable.ID: Int] = [:]
    /// Whose details these are.
    private(set) var owners: [KeyTable.ID] = []
    private var freeDetails: [Int] = []
    /// When the earliest timer of each stream is due that has any.
    private(set) var timers: [KeyTable.ID: Timestamp] = [:]
    /// The epoch of each scope, by the ledger's numbers.
    private var epochs: [UInt64] = []
    /// Which transactions have moved streams under which fences.
    var commits = InMemoryCommits()
    /// Whatever was read ahead of its use, so that the reading isn't optimised away.
    var touched: UInt64 = 0

    /// Whether a fence is its scope's newest.
    func isCurrent(_ fence: InMemoryFence) -> Bool {
        fence.scope >= 0 && fence.scope < epochs.count && epochs[fence.scope] == fence.epoch
    }

    /// Ownership of a scope has passed on.
    mutating func ownershipTaken(_ fence: InMemoryFence) {
        while epochs.count <= fence.scope { epochs.append(0) }
        epochs[fence.scope] = max(epochs[fence.scope], fence.epoch)
    }

    @inline(__always)
    func find(_ name: UnsafeRawBufferPointer, hash: UInt64) -> KeyTable.ID? {
        guard let base = name.baseAddress else { return nil }
        return unsafe keys.find(base, length: name.count, hash: hash)
    }

    func find(_ stream: StreamName) -> KeyTable.ID? {
        var name = stream.value
        let hash = stream.stableHash
        return name.withUTF8 { name in unsafe find(UnsafeRawBufferPointer(name), hash: hash) }
    }

    @inline(__always)
    func position(_ id: KeyTable.ID) -> StreamPosition {
        StreamPosition(nextIndex: id.nextIndex, turn: detail(id)?.turn ?? 0)
    }

    @inline(__always)
    mutating func move(_ id: KeyTable.ID, to position: StreamPosition) {
        id.nextIndex = position.nextIndex
        if position.turn != 0 || id.hasDetails { changeDetail(id) { $0.turn = position.turn } }
    }

    /// What is known of a stream beside its position.
    func detail(_ id: KeyTable.ID) -> InMemoryStream? {
        if !id.hasDetails { return nil }
        return detailPlaces[id].map { details[$0] }
    }

    /// Changes what is known of a stream beside its position; a place is made for it and given back when it's empty.
    mutating func changeDetail(_ id: KeyTable.ID, _ change: (inout InMemoryStream) -> Void) {
        let place = detailPlaces[id] ?? makeDetailPlace(for: id)
        change(&details[place])
        let due = details[place].earliestTimer
        if due != nil || !timers.isEmpty { timers[id] = due }
        if details[place].isEmpty {
            details[place] = InMemoryStream()
            freeDetails.append(place)
            detailPlaces[id] = nil
            id.hasDetails = false
        }
    }

    private mutating func makeDetailPlace(for id: KeyTable.ID) -> Int {
        let place = freeDetails.popLast() ?? details.count
        if place == details.count {
            details.append(InMemoryStream())
            owners.append(id)
        } else {
            owners[place] = id
        }
        detailPlaces[id] = place
        id.hasDetails = true
        return place
    }

    func name(of id: KeyTable.ID) -> StreamName {
        unsafe StreamName(unchecked: String(decoding: id.bytes, as: UTF8.self))
    }
}

extension KeyTable.ID {
    /// The index of a stored stream's position.
    @inline(__always)
    var nextIndex: Int64 {
        get { Int64(bitPattern: word) }
        nonmutating set { word = UInt64(bitPattern: newValue) }
    }

    /// Whether more is stored of the stream than that.
    @inline(__always)
    var hasDetails: Bool {
        get { tag & 1 != 0 }
        nonmutating set { tag = tag & ~1 | (newValue ? 1 : 0) }
    }

    /// The place in a stripe's table.
    @inline(__always)
    var place: Int {
        get { Int(tag &>> 1) }
        nonmutating set { tag = tag & 1 | UInt32(newValue) &<< 1 }
    }
}

extension KeyTable {
    /// The stream that a handle may mean: one from elsewhere may lead to another stream, or to none.
    @inline(__always)
    func key(at handle: StreamHandle) -> ID? {
        Int(handle.value) < end ? key(at: Int(handle.value)) : nil
    }
}
