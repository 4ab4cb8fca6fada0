/// The entities that have work, first come first served; each is in it at most once.
struct ReadyQueue {
    private var ring: [KeyTable.ID?] = Array(repeating: nil, count: 64)
    private var head = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    mutating func append(_ id: KeyTable.ID) {
        if count == ring.count { grow() }
        ring[(head &+ count) & (ring.count &- 1)] = id
        count &+= 1
    }

    mutating func popFirst() -> KeyTable.ID? {
        if count == 0 { return nil }
        let id = ring[head]
        head = (head &+ 1) & (ring.count &- 1)
        count &-= 1
        return id
    }

    private mutating func grow() {
        ring = (0..<ring.count * 2).map { $0 < count ? ring[(head + $0) & (ring.count - 1)] : nil }
        head = 0
    }
}
