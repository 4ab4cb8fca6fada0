/// A first-in first-out ring of jobs; it grows and never shrinks.
@safe struct JobQueue: ~Copyable {
    private var ring: UnsafeMutablePointer<UnownedJob>
    private var mask: Int
    private var head = 0
    private var count = 0

    init() {
        mask = 63
        unsafe ring = .allocate(capacity: 64)
    }

    deinit {
        // Jobs are trivial values that the concurrency runtime owns.
        unsafe ring.deallocate()
    }

    var isEmpty: Bool { count == 0 }

    mutating func append(_ job: UnownedJob) {
        if count > mask { grow() }
        unsafe (ring + ((head &+ count) & mask)).initialize(to: job)
        count &+= 1
    }

    mutating func popFirst() -> UnownedJob? {
        if count == 0 { return nil }
        let job = unsafe ring[head]
        head = (head &+ 1) & mask
        count &-= 1
        return job
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<UnownedJob>.allocate(capacity: (mask + 1) * 2)
        for offset in 0..<count { unsafe (larger + offset).initialize(to: ring[(head + offset) & mask]) }
        unsafe ring.deallocate()
        unsafe ring = larger
        head = 0
        mask = mask * 2 + 1
    }
}
