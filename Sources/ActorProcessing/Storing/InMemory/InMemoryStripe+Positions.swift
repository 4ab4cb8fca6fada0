import Sharding

extension InMemoryStripe {
    /// Commits the outcomes at `places`, which do nothing but move positions.
    mutating func commit(
        _ group: OutcomeGroup, places: UnsafeBufferPointer<UInt32>, fences: [InMemoryFence],
        rejections: inout [CommitReport.Rejection]
    ) {
        unsafe readAhead(places) { group.rows[$0].hash }
        let areAllCurrent = fences.allSatisfy { isCurrent($0) }
        for number in 0..<places.count {
            let place = unsafe places[number]
            let row = group.rows[Int(place)]
            if !areAllCurrent, !isCurrent(fences[group.fenceNumber(of: row)]) {
                rejections.append(.init(place: Int(place), reason: .staleFence))
            } else if let stored = unsafe group.withName(of: row, { name in unsafe move(row, name: name) }) {
                rejections.append(.init(place: Int(place), reason: .stalePosition(stored)))
            }
        }
    }

    /// Moves a stream's position.
    ///
    /// - Returns: the stored position when it isn't the expected one.
    @inline(__always)
    mutating func move(_ row: OutcomeGroup.Row, name: UnsafeRawBufferPointer) -> StreamPosition? {
        guard let id = unsafe find(name, hash: row.hash) else {
            guard row.expected == .none else { return StreamPosition.none }
            move(unsafe add(name, hash: row.hash), to: row.position)
            return nil
        }
        let stored = position(id)
        guard stored == row.expected else { return stored }
        move(id, to: row.position)
        return nil
    }

    mutating func add(_ name: UnsafeRawBufferPointer, hash: UInt64) -> KeyTable.ID {
        // Non-null: a stream's name is never empty.
        unsafe keys.insert(name.baseAddress!, length: name.count, hash: hash, word: 0)
    }

    /// Loads what is known of the streams at `places`; `found` has a place for every row of the query.
    mutating func load(
        _ query: StreamQuery, places: UnsafeBufferPointer<UInt32>,
        into found: UnsafeMutableBufferPointer<StoredStream?>
    ) {
        unsafe readAhead(places) { query.rows[$0].hash }
        for number in 0..<places.count {
            let place = unsafe places[number]
            let row = query.rows[Int(place)]
            let id = unsafe query.withName(of: row) { name in unsafe find(name, hash: row.hash) }
            unsafe found.initializeElement(at: Int(place), to: id.map { stored($0) })
        }
    }

    @inline(__always)
    private func stored(_ id: KeyTable.ID) -> StoredStream {
        let position = position(id)
        let number = keys[tag: id]
        if number == 0 { return StoredStream(position: position) }
        return details[Int(number) - 1].stored(at: position)
    }

    /// Touches the buckets of all rows, then their entries, so that the cache misses of many overlap.
    @inline(__always)
    private mutating func readAhead(_ places: UnsafeBufferPointer<UInt32>, hash: (Int) -> UInt64) {
        var touched: UInt64 = 0
        for number in 0..<places.count { touched ^= keys.firstBucket(hash(unsafe Int(places[number]))) }
        for number in 0..<places.count {
            touched ^= keys.word(behind: keys.firstBucket(hash(unsafe Int(places[number]))))
        }
        self.touched = touched
    }
}
