#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Sharding

    /// The comparison of what the nodes have done together with what a plain fold of the journal comes to.
    struct DistributedCheck: Sendable {
        let verification: Verification
        let audit: OwnershipAudit
        /// Events in the journal.
        let events: Int
        /// Confirmations of streams that were parked when it was their turn.
        let late: Int

        /// - Parameters:
        ///   - scenario: what was appended.
        ///   - trouble: whose confirmations may be late.
        init(_ shop: SharedShop, _ scenario: Scenario, _ trouble: TroublePlan) async throws {
            let slots = shop.partitions
            let arrivals = try await Self.arrivals(in: shop, slots)
            events = arrivals.count
            audit = OwnershipAudit(try await shop.store.epochs(of: ShopBooks.reactor))
            let record = ShopRecord(
                received: try await shop.receiver.states(), confirmations: try await shop.receiver.confirmations(),
                sales: try await shop.sales.all(),
                parked: try await shop.store.parkedStreams(reactor: ShopBooks.reactor))
            late = record.confirmations.late.count
            let troubled = Set(
                arrivals.map(\.event).filter { trouble.wave(of: $0.stream, $0.index) != nil }.map(\.stream))
            var verification = Verification(SequentialFold(arrivals, partitions: slots.count), record) {
                troubled.contains($0)
            }
            if Self.byStream(arrivals.map(\.event)) != Self.byStream(scenario.events) {
                verification.found("the journal doesn't hold what was appended to it")
            }
            for finding in LedgerCheck(arrivals, try await shop.ledger.entries(), slots: slots).findings {
                verification.found(finding)
            }
            for finding in audit.findings { verification.found("\(finding)") }
            self.verification = verification
        }

        private static func byStream(_ events: [Scenario.ShopEvent]) -> [StreamName: [Scenario.ShopEvent]] {
            Dictionary(grouping: events, by: \.stream)
        }

        /// The journal's events, in its order; tickets are their positions.
        private static func arrivals(
            in shop: SharedShop, _ slots: [PartitionID]
        ) async throws -> [SequentialFold.Arrival] {
            let decoder = FactDecoder()
            let places = Dictionary(uniqueKeysWithValues: zip(slots, slots.indices))
            let journal = shop.store.journal
            var arrivals: [SequentialFold.Arrival] = []
            var position = FeedPosition.start
            while true {
                let page = try await journal.read(
                    .all, from: position, upTo: ReadLimit(events: 10_000, bytes: 16 << 20))
                if page.events.count == 0 { return arrivals }
                for row in 0..<page.events.count {
                    let event = page.events[row]
                    guard let slot = shop.feed.partition(of: event.stream), let place = places[slot] else {
                        throw DistributedError("'\(event.stream)' is in no slot")
                    }
                    let fact = try decoder.decode(event)
                    arrivals.append(
                        SequentialFold.Arrival(
                            event: Scenario.ShopEvent(stream: event.stream, index: event.index, fact: fact),
                            partition: place, ticket: event.position))
                }
                position = page.next
            }
        }
    }
#endif
