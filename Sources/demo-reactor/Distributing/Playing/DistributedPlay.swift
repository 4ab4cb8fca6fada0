#if SQLite
    /// The play with one fault of each kind, one after the other.
    struct DistributedPlay: Sendable {
        let stage: Stage
        let options: DistributedOptions

        func run() async throws {
            let (shop, fleet) = (stage.shop, stage.fleet)
            var names: [String] = []
            for _ in 0..<options.nodes { names.append(try await fleet.startAnother()) }
            try await stage.pass(until: "that the slots are dealt out") {
                let owners = Set(try await shop.leases().map(\.node))
                return try await shop.leases().count == options.slots && owners.count == min(options.slots, names.count)
            }
            try await fleet.kill(names[1], startAfter: nil)
            try await takenOver()
            try await fleet.freeze(names[2], for: options.ttl * 3 / 2)
            try await takenOver()
            try await stage.pass(until: "that \(names[2]) has something again") { try await has(names[2]) }
            let another = try await fleet.join()
            try await stage.pass(until: "that \(another) has something") { try await has(another) }
            try await fleet.stop(names[0], startAfter: nil)
            try await takenOver()
            try await stage.finish()
        }

        /// Waits until what the last node to be struck had is handled elsewhere.
        private func takenOver() async throws {
            try await stage.passUntilTakenOver(await stage.fleet.strikes.last?.slots ?? [])
        }

        private func has(_ node: String) async throws -> Bool {
            guard await stage.fleet.conditions[node] == .running else { return false }
            // With fewer slots than nodes there may be none for it.
            return try await stage.shop.leases().contains { $0.node == node } || options.slots < options.nodes
        }
    }
#endif
