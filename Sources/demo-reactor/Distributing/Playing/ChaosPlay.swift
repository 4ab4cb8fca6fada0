#if SQLite
    import ActorProcessingSQLite
    import Sharding

    /// Rounds of faults at random, one upon the other, while events go on arriving.
    struct ChaosPlay: Sendable {
        /// After so many rounds what can be seen in the middle of it all is checked.
        private static let checkInterval = 10

        let stage: Stage
        let options: DistributedOptions
        let rounds: Int

        func run() async throws {
            var chaos = ChaosMachine(seed: options.seed, ttl: options.ttl, nodes: options.nodes)
            for _ in 0..<options.nodes { try await stage.fleet.startAnother() }
            try await stage.pass(until: "that the slots are dealt out") {
                try await stage.shop.leases().count == options.slots
            }
            var mended = 0
            for round in 1...rounds {
                try await strike(&chaos)
                try await stage.pass(chaos.pause())
                let wave = TroublePlan.waves * round / rounds
                if wave > mended { try await stage.mend(through: wave) }
                mended = wave
                if round.isMultiple(of: Self.checkInterval) { try await check(round) }
            }
            await stage.fleet.hurry()
            try await stage.finish()
        }

        private func strike(_ chaos: inout ChaosMachine) async throws {
            let fleet = stage.fleet
            var action: ChaosMachine.Action?
            try await stage.pass(until: "that nodes come back") {
                action = chaos.next(await fleet.conditions, names: await fleet.names.count)
                return action != nil
            }
            switch action {
            case .kill(let node, let delay): try await fleet.kill(node, startAfter: delay)
            case .freeze(let node, let duration): try await fleet.freeze(node, for: duration)
            case .freezeInWrite(let node, let duration): try await fleet.freezeInWrite(node, for: duration)
            case .stop(let node, let delay): try await fleet.stop(node, startAfter: delay)
            case .join: try await fleet.join()
            case nil: break
            }
        }

        /// - Throws: ``DistributedError`` when something is wrong that can't become right any more.
        private func check(_ round: Int) async throws {
            let doubles = try await stage.shop.ledger.doubles()
            guard doubles == 0 else {
                throw DistributedError(
                    "after round \(round), \(doubles) events are applied more than once", code: .disagreement)
            }
            let audit = OwnershipAudit(try await stage.shop.store.epochs(of: ShopBooks.reactor))
            guard audit.findings.isEmpty else {
                throw DistributedError("after round \(round): \(audit)", code: .disagreement)
            }
            stage.display.tell("round \(round): \(audit)")
        }
    }
#endif
