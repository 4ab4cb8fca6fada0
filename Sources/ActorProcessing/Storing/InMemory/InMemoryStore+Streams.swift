public import Sharding
public import Supervision
import Synchronization

extension InMemoryStore: SnapshotStore, ParkingLot, SkipLog, DirtySet {
    public func snapshot(of stream: StreamName, reactor: String) async throws -> Snapshot? {
        detail(of: stream, reactor: reactor)?.snapshot
    }

    public func removeSnapshot(of stream: StreamName, reactor: String) async throws {
        self.reactor(reactor).withStripe(of: stream) { stripe in
            if let id = stripe.find(stream) { stripe.changeDetail(id) { $0.snapshot = nil } }
        }
    }

    public func timers(
        of reactor: String, partition: PartitionID?, dueBefore time: Timestamp, after: DueTimer?, limit: Int
    ) async throws -> [DueTimer] {
        let reactor = self.reactor(reactor)
        let found = (0..<reactor.stripeCount).flatMap { number in
            reactor.withStripe(number) { stripe in
                var found: [DueTimer] = []
                for (id, due) in stripe.timers where due < time {
                    if let partition, stripe.detail(id)?.partition != partition { continue }
                    let timer = DueTimer(due: due, stream: stripe.name(of: id))
                    if after.map({ $0 < timer }) ?? true { found.append(timer) }
                }
                return found
            }
        }
        return Array(found.sorted().prefix(limit))
    }

    public func parkedStreams(reactor: String) async throws -> [ParkedStream] {
        details(reactor: reactor) { stream, position, detail in detail.parkedStream(stream, at: position) }
            .sorted { $0.stream.value.utf8.lexicographicallyPrecedes($1.stream.value.utf8) }
    }

    public func parkedEvents(
        of stream: StreamName, reactor: String, from index: Int64, limit: Int
    ) async throws -> [ParkedEvent] {
        detail(of: stream, reactor: reactor)?.lot.rows(from: index, limit: limit) ?? []
    }

    /// The records of a stream's events that were skipped, in the order of their commits.
    public func skips(of stream: StreamName, reactor: String) -> [SkipRecord] {
        detail(of: stream, reactor: reactor)?.skipped ?? []
    }

    public func skips(
        of stream: StreamName, reactor: String, in indices: Range<Int64>
    ) async throws -> [SkipRecord] {
        // The sort is stable: records of one index stay in the order of their commits.
        skips(of: stream, reactor: reactor).filter { $0.indices.overlaps(indices) }
            .sorted { $0.indices.lowerBound < $1.indices.lowerBound }
    }

    public func dirtyStreams(
        reactor: String, partition: PartitionID?
    ) async throws -> [(stream: StreamName, mark: DirtyMark)] {
        details(reactor: reactor) { stream, _, detail in
            if let partition, detail.partition != partition { return nil }
            return detail.dirty.map { (stream: stream, mark: $0) }
        }
        .sorted { left, right in
            left.mark.firstChange == right.mark.firstChange
                ? left.stream.value.utf8.lexicographicallyPrecedes(right.stream.value.utf8)
                : left.mark.firstChange < right.mark.firstChange
        }
    }

    public func clearDirty(
        _ stream: StreamName, reactor: String, through version: Int64, nextChange: Timestamp?, fence: Fence
    ) async throws {
        let reactor = self.reactor(reactor)
        try reactor.ledger.withLock { ledger throws(StoreError) in
            try ledger.check(fence)
            ledger.note(fence, transactions.next())
            reactor.withStripe(of: stream) { $0.published(stream, through: version, nextChange: nextChange) }
        }
    }

    private func detail(of stream: StreamName, reactor: String) -> InMemoryStream? {
        self.reactor(reactor).withStripe(of: stream) { stripe in stripe.find(stream).flatMap { stripe.detail($0) } }
    }

    /// What `pick` makes of each stream that has more than a position. Stripes are read one after another.
    private func details<Picked: Sendable>(
        reactor: String, _ pick: (StreamName, StreamPosition, InMemoryStream) -> Picked?
    ) -> [Picked] {
        let reactor = self.reactor(reactor)
        return (0..<reactor.stripeCount).flatMap { number in
            reactor.withStripe(number) { stripe in
                var picked: [Picked] = []
                stripe.forEachDetail { if let one = pick($0, $1, $2) { picked.append(one) } }
                return picked
            }
        }
    }
}
