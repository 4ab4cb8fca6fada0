import Sharding

/// One stripe of a reactor's streams: those whose hashes fall in one range. Its owner's lock guards it.
struct InMemoryStripe: ~Copyable {
    /// The streams: the word is the place in ``positions``.
    var keys = KeyTable()
    /// The streams' positions, close together, so that a commit which knows the place touches little memory.
    var positions: [InMemoryPosition] = []
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
        let number = positions[Int(id.word)].details
        return StreamPosition(
            nextIndex: positions[Int(id.word)].nextIndex, turn: number == 0 ? 0 : details[Int(number) - 1].turn)
    }

    @inline(__always)
    mutating func move(_ id: KeyTable.ID, to position: StreamPosition) {
        positions[Int(id.word)].nextIndex = position.nextIndex
        if position.turn != 0 || positions[Int(id.word)].details != 0 { changeDetail(id) { $0.turn = position.turn } }
    }

    /// What is known of a stream beside its position.
    func detail(_ id: KeyTable.ID) -> InMemoryStream? {
        let number = positions[Int(id.word)].details
        return number == 0 ? nil : details[Int(number) - 1]
    }

    /// Changes what is known of a stream beside its position; a place is made for it and given back when it's empty.
    mutating func changeDetail(_ id: KeyTable.ID, _ change: (inout InMemoryStream) -> Void) {
        var place = Int(positions[Int(id.word)].details) - 1
        if place < 0 {
            if let free = freeDetails.popLast() {
                place = Int(free)
                owners[place] = id
            } else {
                place = details.count
                details.append(InMemoryStream())
                owners.append(id)
            }
            positions[Int(id.word)].details = UInt32(place + 1)
        }
        change(&details[place])
        if details[place].isEmpty {
            details[place] = InMemoryStream()
            freeDetails.append(UInt32(place))
            positions[Int(id.word)].details = 0
        }
    }

    func name(of id: KeyTable.ID) -> StreamName {
        unsafe StreamName(unchecked: String(decoding: id.bytes, as: UTF8.self))
    }
}
