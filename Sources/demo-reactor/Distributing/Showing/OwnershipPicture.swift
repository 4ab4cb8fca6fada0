#if SQLite
    /// Who has which slots, and how far everything is.
    struct OwnershipPicture: Sendable {
        var leases: [SlotLease]
        var conditions: [String: NodeCondition]
        var appended: Int
        var applied: Int

        /// A line for each node, and one of how far it is.
        func table(slots: Int) -> [String] {
            let nodes = Set(leases.map(\.node)).union(conditions.keys).sorted()
            let rows = nodes.map { node in
                let state = conditions[node]?.rawValue ?? "gone"
                return "  \(node.padded(to: 4)) \(state.padded(to: 8)) \(slotTexts(of: node))"
            }
            let free = slots - leases.count
            return ["  node          slots with their epochs"] + rows
                + ["  \(free) free; \(applied.grouped) of \(appended.grouped) events applied"]
        }

        /// All of it in one line.
        var line: String {
            let nodes = Set(leases.map(\.node)).sorted().map { "\($0): \(slotTexts(of: $0))" }
            return "slots " + (nodes.isEmpty ? "with nobody" : nodes.joined(separator: "; "))
                + "; \(applied.grouped) of \(appended.grouped) events applied"
        }

        private func slotTexts(of node: String) -> String {
            leases.filter { $0.node == node }
                .sorted { ($0.slot.count, $0.slot) < ($1.slot.count, $1.slot) }.map(\.text).joined(separator: " ")
        }
    }

    extension String {
        fileprivate func padded(to width: Int) -> String {
            self + String(repeating: " ", count: max(0, width - count))
        }
    }
#endif
