/// The records of a merged feed's order that are read again, and how far.
struct MergeReplay {
    private var records = RingBuffer<MergeRecord>()
    /// How many events of the first record were read.
    private var done = 0
    /// How many events of the first record aren't wanted.
    private var skipped = 0
    /// Whether the order has been read to its end.
    private(set) var isOver = false

    init() {}

    /// - Parameters:
    ///   - position: the first position that is wanted.
    ///   - first: that of the first record.
    init(skipping position: FeedPosition, from first: FeedPosition) { skipped = Int(position.value - first.value) }

    var current: MergeRecord? { records.first }

    /// Whether nothing of the first record was read.
    var isAtFirst: Bool { done == 0 }

    /// How many events of the first record are left.
    var left: Int { (records.first?.count ?? 0) - done }

    /// The next records; none when there are no more.
    mutating func add(_ more: [MergeRecord]) {
        for record in more { records.append(record) }
        isOver = more.isEmpty
    }

    /// Events of the first record's source were read: which rows of them are wanted, and whether the record is over.
    mutating func read(_ count: Int) -> (rows: Range<Int>, isWhole: Bool) {
        let taken = min(count, left)
        let first = min(taken, max(0, skipped - done))
        done += taken
        guard left == 0 else { return (first..<taken, false) }
        records.removeFirst()
        (done, skipped) = (0, 0)
        return (first..<taken, true)
    }
}
