#if SQLite
    import ActorProcessing
    import Testing

    @testable import demo_reactor

    struct LedgerCheckTests {
        private static let order = StreamName(category: "Order", id: "1")
        private static let facts: [ShopFact] = [
            .productAdded(product: 7, quantity: 2, cents: 100), .orderCreated(customer: 3),
            .paymentReceived(cents: 200), .orderPlaced,
        ]

        private let arrivals = Self.facts.enumerated().map { index, fact in
            SequentialFold.Arrival(
                event: Scenario.ShopEvent(stream: Self.order, index: Int64(index), fact: fact), partition: 0,
                ticket: Int64(index))
        }

        /// What comes before the order waits for it.
        private let right = [1, 0, 2, 3].map { Self.entry($0) }

        private static func entry(_ index: Int64) -> ShopLedger.Entry {
            ShopLedger.Entry(stream: order, index: index, slot: "0/1", node: "a", epoch: 1, times: 1)
        }

        private func findings(_ entries: [ShopLedger.Entry]) -> [String] {
            LedgerCheck(arrivals, entries, slots: ["0/1"]).findings
        }

        @Test func `what was applied once and in order is right`() {
            #expect(findings(right).isEmpty)
            var handedOver = right
            for place in 2...3 {
                handedOver[place].epoch = 2
                handedOver[place].node = "b"
            }
            #expect(findings(handedOver).isEmpty)
        }

        @Test func `an event that is lost is found`() {
            #expect(findings(Array(right.dropLast())) == ["Order-1: events [3] are lost"])
        }

        @Test func `an event that nobody has appended is found`() {
            #expect(findings(right + [Self.entry(4)]).count == 1)
        }

        @Test func `an event that is applied twice is found`() {
            var entries = right
            entries[2].times = 2
            #expect(findings(entries) == ["Order-1#2: applied 2 times"])
        }

        @Test func `another order is found`() {
            #expect(
                findings([0, 1, 2, 3].map { Self.entry($0) }) == [
                    "Order-1: applied in the order [0, 1, 2, 3], not [1, 0, 2, 3]"
                ])
        }

        @Test func `an owner that commits after the next one is found`() {
            var entries = right
            entries[1].epoch = 2
            entries[1].node = "b"
            #expect(findings(entries) == ["slot 0/1: epoch 1 of a has committed after epoch 2 of b"])
        }

        @Test func `two owners with one epoch are found`() {
            var entries = right
            entries[3].node = "b"
            #expect(findings(entries) == ["slot 0/1: epoch 1 is that of a and of b"])
        }

        @Test func `an event in another slot is found`() {
            var entries = right
            entries[3].slot = "1/2"
            #expect(findings(entries) == ["Order-1#3: applied in slot 1/2, which isn't its own"])
        }
    }
#endif
