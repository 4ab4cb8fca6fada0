import Sharding

/// The events of a ``Journal`` as a feed: all, those of one category, or those of one stream.
///
/// A category's streams can be shared out over partitions, each with the slots that leave its number as the remainder;
/// they are named `0/8` to `7/8`, for example. A stream stays in its partition for as long as the number of partitions does.
/// Positions are those of the journal; in a feed of one stream they are its indices.
///
///     let reactor = Reactor(name: "orders", feed: try JournalFeed(journal, category: "Order", partitions: 8)) { ... }
public struct JournalFeed: Feed {
    enum Source: Sendable, Hashable {
        case selection(category: String?, shares: Int)
        case stream(StreamName)
    }

    public let name: String
    let journal: any Journal
    let source: Source

    /// Every stream begins at 0, and each next event's index is one more.
    public var ordering: OrderingContract { .contiguous(from: 0) }

    /// A feed of all events, or of one category's.
    ///
    /// - Parameters:
    ///   - journal: where the events are.
    ///   - name: under which checkpoints are kept.
    ///   - category: only streams of this category; `nil` for all.
    ///   - partitions: over how many partitions the streams are shared out, 1 or more; the journal's slot count must be a
    ///     multiple of it. A checkpoint is of use only for as long as this number stays.
    /// - Throws: ``JournalError`` of code ``JournalError/Code/invalid`` when the slots can't be divided so.
    public init(
        _ journal: any Journal, name: String = "journal", category: String? = nil, partitions: Int = 1
    ) throws(JournalError) {
        guard partitions > 0 else {
            throw JournalError(.invalid, "a feed has at least one partition, not \(partitions)")
        }
        try JournalSelection(share: JournalSelection.Share(0, of: partitions)).check(slotCount: journal.slotCount)
        self.name = name
        self.journal = journal
        source = .selection(category: category, shares: partitions)
    }

    /// A feed of one stream, archived or not, with one partition: for replaying it.
    ///
    /// - Parameters:
    ///   - journal: where the events are.
    ///   - stream: the stream; it needn't exist yet.
    ///   - name: under which checkpoints are kept; the stream's name if it isn't given.
    public init(_ journal: any Journal, stream: StreamName, name: String? = nil) {
        self.name = name ?? stream.value
        self.journal = journal
        source = .stream(stream)
    }

    public func partitions(beyond known: Set<PartitionID>) async throws -> [PartitionID]? {
        let fresh = all.filter { !known.contains($0) }
        return fresh.isEmpty ? nil : fresh
    }

    public func partition(of stream: StreamName) -> PartitionID? {
        guard holds(stream) else { return nil }
        switch source {
        case .selection(_, let shares): return Self.partition(ofSlot: journal.slot(of: stream), of: shares)
        case .stream: return "0/1"
        }
    }

    public func reader(of partition: PartitionID, from position: FeedPosition?) async throws -> any PartitionReader {
        guard let number = all.firstIndex(of: partition) else {
            throw FeedError.unknownPartition(partition, of: name)
        }
        let position = position ?? .start
        let end = try await lastEnd()
        guard position <= end else {
            throw FeedError.behindTheEnd(partition, of: name, at: position.value, end: end.value)
        }
        switch source {
        case .selection(let category, let shares):
            let selection = JournalSelection(category: category, share: .init(number, of: shares))
            return JournalReader(journal: journal, selection: selection, position: position)
        case .stream(let stream):
            return JournalStreamReader(journal: journal, stream: stream, index: position.value)
        }
    }

    public func backfill(_ stream: StreamName, indices range: Range<Int64>) async throws -> EventBatch? {
        let range = range.clamped(to: 0..<Int64.max)
        guard holds(stream), !range.isEmpty else { return try EventBatch([]) }
        let limit = ReadLimit(events: Int(clamping: range.count), bytes: .max)
        let found = try await journal.events(of: stream, from: range.lowerBound, upTo: limit)
        guard case .stream = source, found.count > 0 else { return found }
        return try found.part(0..<found.count, firstPosition: found[0].index)
    }

    private var all: [PartitionID] {
        switch source {
        case .selection(_, let shares): (0..<shares).map { Self.partition(ofSlot: $0, of: shares) }
        case .stream: ["0/1"]
        }
    }

    private func holds(_ stream: StreamName) -> Bool {
        switch source {
        case .selection(let category, _): category.map { $0.utf8.elementsEqual(stream.category.utf8) } ?? true
        case .stream(let only): stream == only
        }
    }

    /// The position behind the last event that there has ever been.
    private func lastEnd() async throws -> FeedPosition {
        switch source {
        case .selection: try await journal.end()
        case .stream(let stream): FeedPosition(try await journal.state(of: stream)?.nextIndex ?? 0)
        }
    }
}
