/// Reads a ``MergedFeed``: first what its recorded order says, then whatever source has something, recording it.
actor MergedReader: PartitionReader {
    let feed: MergedFeed
    /// The position of what is handed over next.
    private var position: FeedPosition
    /// The end of the order, as far as it is known.
    private var end = FeedPosition.start
    private var sources: [MergedSource] = []
    private var machine = MergeMachine()
    private var replay = MergeReplay()
    /// The parts that may still have further partitions.
    private var undiscovered: [any Feed] = []
    private var isOpen = false

    init(feed: MergedFeed, position: FeedPosition) {
        self.feed = feed
        self.position = position
    }

    func next(upTo limit: ReadLimit) async throws -> FeedReading {
        while true {
            if !isOpen { try await open() }
            if let record = try await recorded() { return try await again(record, limit) }
            switch machine.next() {
            case .read(let number, let resting):
                if let resting, try await sources[resting].hasMore(isolation: self) { machine.moreFound(in: resting) }
                if let reading = try await read(number, limit) { return reading }
            case .wait(let resting): try await race(resting, limit)
            case .tail: return .tail
            case .end: return .end
            }
        }
    }

    func tail() async throws -> FeedPosition { try await MergeTail(feed).record() }

    // MARK: - opening

    private func open() async throws {
        guard let bookmark = try await feed.log.bookmark(of: feed.name, at: position) else {
            throw FeedError.orderForgotten(feed.name, at: position)
        }
        (machine, sources, undiscovered) = (MergeMachine(), [], feed.parts)
        end = bookmark.position
        replay = MergeReplay(skipping: position, from: end)
        for (source, head) in bookmark.heads.sorted(by: { $0.key < $1.key }) { try add(source, head) }
        // Before anything is said about a tail, all that is there from the beginning is to be known.
        if sources.isEmpty { try await race([], ReadLimit(events: 1, bytes: 1)) }
        isOpen = true
    }

    @discardableResult
    private func add(_ source: MergeSource, _ head: FeedPosition) throws(FeedError) -> MergedSource {
        guard let part = feed.part(source) else { throw FeedError.sourceChanged(source, of: feed.name, at: end) }
        let added = MergedSource(source, feed: part, head: head)
        sources.append(added)
        machine.sourceAdded()
        return added
    }

    // MARK: - what is recorded

    /// The record that the next events belong to; `nil` when the order has been read to its end.
    private func recorded() async throws -> MergeRecord? {
        if replay.isOver { return nil }
        if let record = replay.current { return record }
        replay.add(try await feed.log.records(of: feed.name, from: end, limit: 256))
        if replay.current == nil, position > end {
            throw FeedError.behindTheEnd(MergedFeed.partition, of: feed.name, at: position.value, end: end.value)
        }
        return replay.current
    }

    /// Reads events again that are in the order.
    private func again(_ record: MergeRecord, _ limit: ReadLimit) async throws -> FeedReading {
        let source = try sources.first { $0.source == record.source } ?? add(record.source, record.from)
        if replay.isAtFirst, source.head != record.from {
            source.close()
            source.head = record.from
        }
        while true {
            let most = ReadLimit(events: min(limit.events, replay.left), bytes: limit.bytes)
            switch try await source.open(isolation: self).next(upTo: most) {
            case .tail: continue
            case .end: throw FeedError.sourceChanged(record.source, of: feed.name, at: position)
            case .batch(let batch, let next):
                let (rows, isWhole) = replay.read(batch.count)
                if isWhole {
                    // It may have been read beyond the record.
                    if next != record.next { source.close() }
                    source.head = record.next
                    end = record.end
                }
                if rows.isEmpty { continue }
                defer { position = FeedPosition(position.value + Int64(rows.count)) }
                return .batch(
                    try batch.part(rows, firstPosition: position.value),
                    next: FeedPosition(position.value + Int64(rows.count)))
            }
        }
    }

    // MARK: - what is new

    private func read(_ number: Int, _ limit: ReadLimit) async throws -> FeedReading? {
        let source = sources[number]
        if source.held == nil { try await race([number], limit) }
        guard case .batch(let batch, let next) = source.held else { return nil }
        source.held = nil
        if batch.count == 0 {
            source.head = next
            return nil
        }
        let record = MergeRecord(
            position: end, count: batch.count, source: source.source, from: source.head, next: next)
        guard try await feed.log.append(record, to: feed.name) else {
            // Another reader was first: what it has recorded comes first.
            isOpen = false
            return nil
        }
        source.head = next
        end = record.end
        position = end
        return .batch(try batch.part(0..<batch.count, firstPosition: record.position.value), next: end)
    }

    /// Waits until one of some sources has something to say, or there is another source.
    private func race(_ numbers: [Int], _ limit: ReadLimit) async throws {
        var race = MergeRace()
        for number in numbers { race.add(number, try await sources[number].open(isolation: self)) }
        for part in undiscovered {
            race.add(part, beyond: Set(sources.filter { $0.source.feed == part.name }.map(\.source.partition)))
        }
        let finds = try await race.run(limit)
        for number in numbers where !finds.contains(where: { $0.number == number }) { sources[number].close() }
        for find in finds { try take(find) }
    }

    private func take(_ find: MergeRace.Find) throws {
        switch find {
        case .reading(let number, .tail): machine.tailReached(by: number)
        case .reading(let number, .end): machine.sourceEnded(number)
        case .reading(let number, let batch):
            sources[number].held = batch
            machine.moreFound(in: number)
        case .partitions(let part, let fresh?):
            for partition in fresh { try add(MergeSource(feed: part, partition: partition), .start) }
        case .partitions(let part, nil):
            undiscovered.removeAll { $0.name == part }
            if undiscovered.isEmpty { machine.sourcesCompleted() }
        }
    }
}
