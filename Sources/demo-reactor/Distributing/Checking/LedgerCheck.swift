#if SQLite
    import ActorProcessing

    /// The comparison of the ledger with the journal.
    struct LedgerCheck: Sendable {
        /// What is wrong, in words.
        private(set) var findings: [String] = []

        /// - Parameters:
        ///   - arrivals: the journal's events.
        ///   - entries: the ledger, in the order of commits.
        ///   - slots: the names of the slots, by partition.
        init(_ arrivals: [SequentialFold.Arrival], _ entries: [ShopLedger.Entry], slots: [PartitionID]) {
            checkStreams(arrivals, entries)
            let slotNames = arrivals.map { ($0.event.stream, slots[$0.partition].name) }
            checkSlots(Dictionary(slotNames, uniquingKeysWith: { first, _ in first }), entries)
        }

        /// Every event once, those of a stream in the order in which the machine takes them.
        private mutating func checkStreams(_ arrivals: [SequentialFold.Arrival], _ entries: [ShopLedger.Entry]) {
            let applied = Dictionary(grouping: entries, by: \.stream).mapValues { $0.map(\.index) }
            let expected = Dictionary(grouping: arrivals.map(\.event), by: \.stream).mapValues { Self.order($0) }
            for stream in Set(applied.keys).union(expected.keys).sorted() {
                let (found, expected) = (applied[stream] ?? [], expected[stream] ?? [])
                if found == expected { continue }
                let lost = Set(expected).subtracting(found)
                findings.append(
                    "\(stream): "
                        + (lost.isEmpty
                            ? "applied in the order \(found), not \(expected)" : "events \(lost.sorted()) are lost"))
            }
            for entry in entries where entry.times != 1 {
                findings.append("\(entry.stream)#\(entry.index): applied \(entry.times) times")
            }
        }

        /// In each slot, epochs only rise, and each is one node's.
        private mutating func checkSlots(_ slots: [StreamName: String], _ entries: [ShopLedger.Entry]) {
            var last: [String: ShopLedger.Entry] = [:]
            for entry in entries {
                if slots[entry.stream] != entry.slot {
                    findings.append(
                        "\(entry.stream)#\(entry.index): applied in slot \(entry.slot), which isn't its own")
                }
                if let before = last[entry.slot], before.epoch > entry.epoch {
                    findings.append(
                        "slot \(entry.slot): epoch \(entry.epoch) of \(entry.node) has committed after epoch \(before.epoch) of "
                            + "\(before.node)")
                } else if let before = last[entry.slot], before.epoch == entry.epoch, before.node != entry.node {
                    findings.append(
                        "slot \(entry.slot): epoch \(entry.epoch) is that of \(before.node) and of \(entry.node)")
                }
                last[entry.slot] = entry
            }
        }

        /// What comes before an order's creation waits for it.
        private static func order(_ events: [Scenario.ShopEvent]) -> [Int64] {
            var indices = events.map(\.index).sorted()
            guard let creation = events.first(where: \.fact.isCreation),
                let place = indices.firstIndex(of: creation.index)
            else { return indices }
            indices.insert(indices.remove(at: place), at: 0)
            return indices
        }
    }
#endif
