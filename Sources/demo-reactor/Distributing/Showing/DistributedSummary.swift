#if SQLite
    import ActorProcessingSQLite
    import Sharding

    /// What has come of it, in words.
    enum DistributedSummary {
        static func text(
            _ check: DistributedCheck, _ strikes: [Strike], _ shop: SharedShop, repeated: Int, endedByOthers: Int
        ) async throws -> String {
            var lines = [
                row("events", "\(check.events.grouped) in the journal, \(repeated.grouped) appended again"),
                row("late", "\(check.late.grouped) confirmations, of streams that were parked when it was their turn"),
                row("ownership", "\(check.audit)"),
            ]
            let epochs = try await shop.store.epochs(of: ShopBooks.reactor)
            for kind in FaultKind.allCases {
                let struck = strikes.filter { $0.kind == kind }
                if struck.isEmpty { continue }
                lines.append(row(kind.rawValue, try await failovers(kind, struck, epochs, shop.ledger)))
            }
            if endedByOthers > 0 {
                lines.append(row("ended", "\(endedByOthers) stopped in a write were killed by other nodes"))
            }
            return lines.joined()
        }

        /// How long it took until something was committed again.
        private static func failovers(
            _ kind: FaultKind, _ strikes: [Strike], _ epochs: [EpochRecord], _ ledger: ShopLedger
        ) async throws -> String {
            var failovers: [Duration] = []
            for strike in strikes { failovers += try await strike.failovers(epochs, ledger) }
            failovers.sort()
            let slots = strikes.reduce(0) { $0 + $1.slots.count }
            let times = strikes.count == 1 ? "once" : "\(strikes.count) times"
            let share = "\(times), \(failovers.count) of \(slots) slots \(kind == .joined ? "moved" : "taken over")"
            guard let longest = failovers.last else { return share }
            return
                "\(share): median \(failovers[failovers.count / 2].rounded), longest \(longest.rounded) until the next commit"
        }

        private static func row(_ name: String, _ text: String) -> String {
            let indented = text.split(separator: "\n").joined(separator: "\n" + String(repeating: " ", count: 20))
            return name + String(repeating: " ", count: max(1, 20 - name.count)) + indented + "\n"
        }
    }
#endif
