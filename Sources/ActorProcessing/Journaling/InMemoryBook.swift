/// What an ``InMemoryJournal`` holds, without its lock.
struct InMemoryBook {
    private struct Stream {
        var state = JournalStreamState(nextIndex: 0)
        let slot: Int
        /// The position of each event, by index; empty when they were deleted.
        var positions: [Int64] = []
        /// The index of each event that has an id, by the id's bytes: other spellings of its characters are other ids.
        var ids: [[UInt8]: Int64] = [:]
    }

    /// A position of the journal; without an event when that was deleted.
    private struct Entry {
        var event: Event?
        let stream: Int
    }

    private let slotCount: Int
    private var entries: [Entry] = []
    private var streams: [Stream] = []
    private var numbers: [StreamName: Int] = [:]
    /// The positions of each category's events, by the bytes of its name.
    private var categories: [[UInt8]: [Int64]] = [:]

    init(slotCount: Int) { self.slotCount = slotCount }

    /// The position behind the last event.
    var end: Int64 { Int64(entries.count) }

    func state(of stream: StreamName) -> JournalStreamState? { numbers[stream].map { streams[$0].state } }

    func index(of id: String, in stream: StreamName) -> Int64? {
        numbers[stream].flatMap { streams[$0].ids[Array(id.utf8)] }
    }

    mutating func append(
        _ events: [NewEvent], to stream: StreamName, expected: ExpectedVersion
    ) throws -> AppendResult {
        let known = events.map { event in event.id.flatMap { index(of: $0, in: stream) } }
        let verdict = try AppendRule.verdict(
            on: events, to: stream, expected: expected, state: state(of: stream), known: known)
        let count = Int64(events.count)
        switch verdict {
        case .repeat(let first):
            let last = streams[number(of: stream)].positions[Int(first + count - 1)]
            return AppendResult(indices: first..<first + count, position: FeedPosition(last + 1), isRepeat: true)
        case .append(let first):
            let batch = try Self.batch(events, of: stream, from: first, at: end)
            add(batch, ids: events.map(\.id), to: number(of: stream), category: Array(stream.category.utf8))
            return AppendResult(indices: first..<first + count, position: FeedPosition(end))
        }
    }

    private static func batch(
        _ events: [NewEvent], of stream: StreamName, from index: Int64, at position: Int64
    ) throws(EventError) -> EventBatch {
        var builder = EventBatch.Builder()
        for (place, event) in events.enumerated() {
            try builder.append(
                stream: stream, index: index + Int64(place), type: event.type, data: event.data, time: event.time,
                id: event.id, correlationID: event.correlationID, causationID: event.causationID,
                metadata: event.metadata)
        }
        return builder.finish(firstPosition: position)
    }

    private mutating func add(_ batch: EventBatch, ids: [String?], to stream: Int, category: [UInt8]) {
        for row in 0..<batch.count {
            let event = batch[row]
            if let id = ids[row] { streams[stream].ids[Array(id.utf8)] = event.index }
            streams[stream].positions.append(end)
            categories[category, default: []].append(end)
            entries.append(Entry(event: event, stream: stream))
        }
        streams[stream].state.nextIndex += Int64(batch.count)
    }

    private mutating func number(of stream: StreamName) -> Int {
        if let known = numbers[stream] { return known }
        numbers[stream] = streams.count
        streams.append(Stream(slot: stream.slot(of: slotCount)))
        return streams.count - 1
    }

    mutating func close(
        _ stream: StreamName, expected: ExpectedVersion, _ closing: StreamClosing
    ) throws(JournalError) {
        let known = state(of: stream)
        guard let phase = try AppendRule.closing(stream, expected: expected, closing, state: known) else { return }
        let number = number(of: stream)
        streams[number].state.phase = phase
        guard phase == .deleted else { return }
        for position in streams[number].positions { entries[Int(position)].event = nil }
        streams[number].positions = []
        streams[number].ids = [:]
    }
}

extension InMemoryBook {
    func events(
        of stream: StreamName, from index: Int64, _ direction: ReadDirection, upTo limit: ReadLimit
    ) throws(EventError) -> EventBatch {
        var page = PageBuilder(limit)
        guard let number = numbers[stream] else { return page.finish() }
        let positions = streams[number].positions
        let count = Int64(positions.count)
        var place = direction == .forwards ? max(index, 0) : min(index, count - 1)
        while (0..<count).contains(place) {
            let position = positions[Int(place)]
            if let event = entries[Int(position)].event, try !page.add(event, at: position) { break }
            place += direction == .forwards ? 1 : -1
        }
        return page.finish()
    }

    func read(
        _ selection: JournalSelection, from position: Int64, upTo limit: ReadLimit
    ) throws(EventError) -> JournalPage {
        var page = PageBuilder(limit)
        let from = max(position, 0)
        if from >= end { return JournalPage(events: page.finish(), next: FeedPosition(from)) }
        if let category = selection.category {
            let positions = categories[Array(category.utf8)] ?? []
            return try read(positions[positions.lowerBound(of: from)...], selection, into: &page)
        }
        return try read(from..<end, selection, into: &page)
    }

    private func read(
        _ positions: some Sequence<Int64>, _ selection: JournalSelection, into page: inout PageBuilder
    ) throws(EventError) -> JournalPage {
        for position in positions {
            let entry = entries[Int(position)]
            let stream = streams[entry.stream]
            guard let event = entry.event, stream.state.phase == .open,
                selection.share?.contains(slot: stream.slot) ?? true
            else { continue }
            if try !page.add(event, at: position) {
                return JournalPage(events: page.finish(), next: FeedPosition(position))
            }
        }
        return JournalPage(events: page.finish(), next: FeedPosition(end))
    }
}

extension [Int64] {
    /// How many of the numbers, which rise, are below `number`.
    fileprivate func lowerBound(of number: Int64) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
