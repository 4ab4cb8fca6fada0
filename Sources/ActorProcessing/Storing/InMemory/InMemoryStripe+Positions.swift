import Sharding

extension InMemoryStripe {
    /// Commits the outcomes at `places`, which do nothing but move positions, in the transaction of this number.
    mutating func commit(
        _ group: OutcomeGroup, places: UnsafeBufferPointer<UInt32>, fences: [InMemoryFence], transaction: UInt64,
        rejections: inout [CommitReport.Rejection]
    ) {
        var noted = -1
        let areAllCurrent = fences.allSatisfy { isCurrent($0) }
        unsafe readAheadPositions(group, places)
        for number in 0..<places.count {
            let place = unsafe places[number]
            let row = group.rows[Int(place)]
            if !areAllCurrent, !isCurrent(fences[group.fenceNumber(of: row)]) {
                rejections.append(.init(place: Int(place), reason: .staleFence))
            } else if let stored = move(row, of: group) {
                rejections.append(.init(place: Int(place), reason: .stalePosition(stored)))
            } else if group.fenceNumber(of: row) != noted {
                noted = group.fenceNumber(of: row)
                commits.note(fences[noted], transaction)
            }
        }
    }

    /// Moves a stream's position; by its handle if that is known.
    @inline(__always)
    private mutating func move(_ row: OutcomeGroup.Row, of group: borrowing OutcomeGroup) -> StreamPosition? {
        guard let id = keys.key(at: row.handle), id.hash == row.hash, !id.hasDetails, row.position.turn == 0 else {
            return unsafe group.withName(of: row) { name in unsafe move(row, name: name) }
        }
        let stored = StreamPosition(nextIndex: id.nextIndex)
        guard stored == row.expected else { return stored }
        id.nextIndex = row.position.nextIndex
        return nil
    }

    /// Moves a stream's position.
    ///
    /// - Returns: the stored position when it isn't the expected one.
    @inline(__always)
    mutating func move(_ row: OutcomeGroup.Row, name: UnsafeRawBufferPointer) -> StreamPosition? {
        let id = unsafe find(name, hash: row.hash) ?? add(name, hash: row.hash)
        let stored = position(id)
        guard stored == row.expected else { return stored }
        move(id, to: row.position)
        return nil
    }

    mutating func add(_ name: UnsafeRawBufferPointer, hash: UInt64) -> KeyTable.ID {
        // Non-null: a stream's name is never empty.
        let place = keys.end
        let id = unsafe keys.insert(
            name.baseAddress!, length: name.count, hash: hash, word: UInt64(bitPattern: StreamPosition.none.nextIndex))
        id.place = place
        return id
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
            let id = unsafe query.withName(of: row) { name in
                unsafe find(name, hash: row.hash) ?? add(name, hash: row.hash)
            }
            unsafe found.initializeElement(at: Int(place), to: stored(id))
        }
    }

    @inline(__always)
    private func stored(_ id: KeyTable.ID) -> StoredStream {
        let position = position(id)
        var stored = detail(id)?.stored(at: position) ?? StoredStream(position: position)
        stored.handle = StreamHandle(UInt32(truncatingIfNeeded: id.place))
        return stored
    }

    /// Touches the positions of all rows whose handles are known, so that the cache misses of many overlap.
    @inline(__always)
    private mutating func readAheadPositions(_ group: OutcomeGroup, _ places: UnsafeBufferPointer<UInt32>) {
        var touched: UInt64 = 0
        for number in 0..<places.count {
            if let id = keys.key(at: unsafe group.rows[Int(places[number])].handle) { touched ^= id.hash }
        }
        self.touched = touched
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
