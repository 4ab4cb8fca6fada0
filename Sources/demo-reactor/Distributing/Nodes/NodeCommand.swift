import ActorProcessing
import Sharding

#if SQLite
    import ActorProcessingSQLite
#endif

/// The command `node`: a node of a distributed shop, in a process of its own.
struct NodeCommand {
    let options: NodeOptions

    func run() async throws(UsageError) -> ExitCode {
        #if SQLite
            do {
                let shop = try await open()
                try await run(in: shop)
                try await shop.close()
                return .success
            } catch {
                Terminal.complain("demo-reactor: node \(options.name): \(error)\n")
                return .failed
            }
        #else
            throw UsageError("'node' needs a build with the package trait SQLite")
        #endif
    }
}

#if SQLite
    extension NodeCommand {
        /// Another node may keep the file, since it is stopped in a write: that one goes on or is ended some time.
        private func open() async throws -> SharedShop {
            while true {
                do {
                    return try await SharedShop(options.state, slots: options.slots, ttl: options.ttl)
                } catch let error as StoreError where error.code == .unavailable {
                    Terminal.complain("\(error)\n")
                    try await Task.sleep(for: .milliseconds(100))
                }
            }
        }

        private func run(in shop: SharedShop) async throws {
            let log = NodeLog()
            let freeze = FreezeSwitch()
            let trouble = TroublePlan(seed: options.seed)
            // Before anything is handled: what is over already must park nothing.
            trouble.mend(through: try await shop.mendedWaves())
            let node = DistributedReactor(
                name: ShopBooks.reactor, node: options.name, feed: shop.feed, store: shop.store,
                configuration: deployment, runtime: .live(shards: 1), telemetry: log
            ) { slot in reactor(of: slot, in: shop, log, trouble, freeze) }
            let (stops, stop) = AsyncStream<Void>.makeStream()
            try NodeOrder.listen { order in
                switch order {
                case .stop: stop.yield()
                case .freeze: freeze.arm()
                case .thaw: freeze.disarm()
                }
            }
            try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask {
                    try await node.run()
                    return true
                }
                group.addTask {
                    for await _ in stops { try await node.stop() }
                    return false
                }
                group.addTask {
                    try await StreamMender(shop: shop, node: node, trouble: trouble, log: log).run()
                    return false
                }
                while let hasEnded = try await group.next(), !hasEnded { continue }
                group.cancelAll()
            }
        }

        private var deployment: DistributedProcessingConfiguration {
            var deployment = DistributedProcessingConfiguration()
            deployment.ttl = options.ttl
            deployment.pollInterval = .milliseconds(50)
            // A slot that has failed here may come back soon: what it failed for was most likely a file kept by a stopped node.
            deployment.givesUpFor = options.ttl
            return deployment
        }

        private func reactor(
            of slot: PartitionID, in shop: SharedShop, _ log: NodeLog, _ trouble: TroublePlan, _ freeze: FreezeSwitch
        ) -> Reactor {
            var shopOptions = ShopOptions()
            shopOptions.seed = options.seed
            let faults = FaultPlan(seed: options.seed, percent: shopOptions.failures)
            let crash = CrashPlan(after: nil, seed: options.seed)
            let courier = Courier(to: shop.receiver, faults: faults, crash: crash)
            let machine = ShopMachine(
                decoder: FactDecoder(), faults: faults, stashes: StashCount(), crash: crash, sales: shop.sales,
                keepsStates: true)
            let reactor = Reactor(
                name: ShopBooks.reactor, feed: shop.feed,
                machine: NodeMachine(
                    shop: machine, trouble: trouble, freeze: freeze, slot: slot.name, node: options.name,
                    epoch: log.epoch(of: slot.name)),
                store: shop.store, configuration: ShopRun.configuration(shopOptions), runtime: .live(shards: 1),
                telemetry: log,
                publish: { publication in try await courier.carry(publication) })
            reactor.onResults { results in try await courier.carry(results) }
            return reactor
        }
    }
#endif
