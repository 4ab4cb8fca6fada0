import Sharding

/// One stripe of a reactor's streams: those whose hashes fall in one range. Its owner's lock guards it.
struct InMemoryStripe: ~Copyable {
    /// The streams: the word is the position's index, the tag the place in ``details`` plus one, 0 without any.
    var keys = KeyTable()
    var details: [InMemoryStream] = []
    /// Whose details these are.
    private(set) var owners: [KeyTable.ID] = []
    private var freeDetails: [UInt32] = []
    /// The epoch of each scope, by the ledger's numbers.
    private var epochs: [UInt64] = []
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
        let number = keys[tag: id]
        return StreamPosition(
            nextIndex: Int64(bitPattern: keys[id]), turn: number == 0 ? 0 : details[Int(number) - 1].turn)
    }

    @inline(__always)
    mutating func move(_ id: KeyTable.ID, to position: StreamPosition) {
        keys[id] = UInt64(bitPattern: position.nextIndex)
        if position.turn != 0 || keys[tag: id] != 0 { changeDetail(id) { $0.turn = position.turn } }
    }

    /// What is known of a stream beside its position.
    func detail(_ id: KeyTable.ID) -> InMemoryStream? {
        let number = keys[tag: id]
        return number == 0 ? nil : details[Int(number) - 1]
    }

    /// Changes what is known of a stream beside its position; a place is made for it and given back when it's empty.
    mutating func changeDetail(_ id: KeyTable.ID, _ change: (inout InMemoryStream) -> Void) {
        var place = Int(keys[tag: id]) - 1
        if place < 0 {
            if let free = freeDetails.popLast() {
                place = Int(free)
                owners[place] = id
            } else {
                place = details.count
                details.append(InMemoryStream())
                owners.append(id)
            }
            keys[tag: id] = UInt32(place + 1)
        }
        change(&details[place])
        if details[place].isEmpty {
            details[place] = InMemoryStream()
            freeDetails.append(UInt32(place))
            keys[tag: id] = 0
        }
    }

    func name(of id: KeyTable.ID) -> StreamName {
        unsafe StreamName(unchecked: String(decoding: keys.bytes(of: id), as: UTF8.self))
    }
}
