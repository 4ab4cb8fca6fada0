#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Sharding
    import Supervision

    /// What a play is played on: the nodes, the file that they meet in, and what is fed to them.
    struct Stage: Sendable {
        /// How often everything is looked after.
        private static let interval = Duration.milliseconds(25)

        /// So many looks without a change mean that nothing will change any more: a minute, or what frozen nodes take to come
        /// back. Looks are counted, not time, for a machine may do nothing for a while.
        private let patience: Int
        let shop: SharedShop
        let fleet: NodeFleet
        let feeder: ShopFeeder
        let display: OwnershipDisplay

        /// - Parameter ttl: for how long leases run.
        init(shop: SharedShop, fleet: NodeFleet, feeder: ShopFeeder, display: OwnershipDisplay, ttl: Duration) {
            self.shop = shop
            self.fleet = fleet
            self.feeder = feeder
            self.display = display
            patience = max(2_400, Int(4 * ttl.components.seconds * 40))
        }

        /// Looks after everything once.
        private func look() async throws {
            try await Task.sleep(for: Self.interval)
            try await fleet.look()
            guard display.isDue else { return }
            display.show(
                OwnershipPicture(
                    leases: try await shop.leases(), conditions: await fleet.conditions, appended: feeder.appended,
                    applied: try await shop.ledger.count()))
        }

        /// Lets time pass.
        func pass(_ duration: Duration) async throws {
            let end = ContinuousClock.now + duration
            while ContinuousClock.now < end { try await look() }
        }

        /// Lets time pass until something is so.
        ///
        /// - Throws: ``DistributedError`` when nothing has been handled for long, and it still isn't so.
        func pass(until what: String, _ isSo: () async throws -> Bool) async throws {
            var looks = 0
            var applied = 0
            while try await !isSo() {
                let count = try await shop.ledger.count()
                looks = count == applied ? looks + 1 : 0
                applied = count
                guard looks < patience else {
                    throw DistributedError(
                        "nothing is handled any more, and this is waited for: \(what); \(applied) of \(feeder.appended) events are applied"
                    )
                }
                try await look()
            }
        }

        /// Waits until slots are leased under later epochs and, if anything comes for them, something is committed there.
        func passUntilTakenOver(_ slots: [SlotLease]) async throws {
            try await pass(until: "that others take over \(slots.map(\.text).joined(separator: " "))") {
                let epochs = Dictionary(uniqueKeysWithValues: try await shop.leases().map { ($0.slot, $0.epoch) })
                for lease in slots {
                    guard let epoch = epochs[lease.slot], epoch > lease.epoch else { return false }
                    if feeder.isDone { continue }
                    guard try await shop.ledger.firstCommit(in: lease.slot, after: lease.epoch) != nil else {
                        return false
                    }
                }
                return true
            }
        }

        /// Ends waves of trouble, as soon as the file can be written.
        func mend(through wave: Int = TroublePlan.waves) async throws {
            while true {
                do {
                    return try await shop.mend(through: wave)
                } catch {
                    guard ErrorClass(classifying: error) == .retriable else { throw error }
                    // It may be a stopped node that keeps it, which is to go on some time.
                    try await look()
                }
            }
        }

        /// Lets the rest of the events out, waits until everything is handled and has left, and has all nodes leave.
        func finish() async throws {
            try await mend()
            feeder.release()
            try await pass(until: "that all events are handled") {
                guard feeder.isDone, try await shop.ledger.count() == feeder.appended else { return false }
                guard try await shop.store.parkedStreams(reactor: ShopBooks.reactor).isEmpty else { return false }
                return try await shop.isReceived()
            }
            await fleet.stopAll()
            try await pass(until: "that all nodes leave") { await fleet.conditions.isEmpty }
        }
    }
#endif
