import Sharding

extension InMemoryReactor {
    /// Calls `body` for each stripe that rows fall in, with those rows' places in rising order.
    ///
    /// One pass counts the rows of each stripe and another deals them out: two or three nanoseconds a row, for which
    /// each lock is taken once.
    private func forEachStripe(
        rows count: Int, hash: (Int) -> UInt64?, _ body: (Int, UnsafeBufferPointer<UInt32>) -> Void
    ) {
        unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: count + stripeCount) { memory in
            let ends = unsafe UnsafeMutableBufferPointer(rebasing: memory[count...])
            unsafe ends.initialize(repeating: 0)
            for row in 0..<count {
                guard let hash = hash(row) else { continue }
                unsafe ends[StableHash.bucket(of: hash, count: stripeCount)] += 1
            }
            var start: UInt32 = 0
            for stripe in 0..<stripeCount {
                let rows = unsafe ends[stripe]
                unsafe ends[stripe] = start
                start += rows
            }
            for row in 0..<count {
                guard let hash = hash(row) else { continue }
                let stripe = StableHash.bucket(of: hash, count: stripeCount)
                unsafe memory.initializeElement(at: Int(ends[stripe]), to: UInt32(truncatingIfNeeded: row))
                unsafe ends[stripe] += 1
            }
            var first = 0
            for stripe in 0..<stripeCount {
                let end = unsafe Int(ends[stripe])
                if end > first { unsafe body(stripe, UnsafeBufferPointer(rebasing: memory[first..<end])) }
                first = end
            }
        }
    }

    func load(_ query: StreamQuery) -> [StoredStream?] {
        unsafe [StoredStream?](unsafeUninitializedCapacity: query.count) { found, count in
            let found = unsafe found
            unsafe forEachStripe(rows: query.count, hash: { query.rows[$0].hash }) { stripe, places in
                withStripe(stripe) { stripe in unsafe stripe.load(query, places: places, into: found) }
            }
            count = query.count
        }
    }

    /// Commits the outcomes of a group that do nothing but move positions.
    func commitPositions(
        _ group: OutcomeGroup, fences: [InMemoryFence], rejections: inout [CommitReport.Rejection]
    ) {
        unsafe forEachStripe(rows: group.count, hash: { group.hashOfPlainRow(at: $0) }) { stripe, places in
            withStripe(stripe) { stripe in
                unsafe stripe.commit(
                    group, places: places, fences: fences, transaction: transactions.next(), rejections: &rejections)
            }
        }
    }
}

extension OutcomeGroup {
    /// The hash of an outcome that does nothing but move its stream's position; `nil` for others.
    @inline(__always)
    fileprivate func hashOfPlainRow(at place: Int) -> UInt64? {
        rows[place].effects == .max ? rows[place].hash : nil
    }
}
