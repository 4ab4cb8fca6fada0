#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Sharding

    /// Has a node's parked streams handled again once the trouble that they were parked for is over.
    struct StreamMender: Sendable {
        let shop: SharedShop
        let node: DistributedReactor
        let trouble: TroublePlan
        let log: NodeLog

        /// Looks again and again, until it is cancelled.
        func run() async throws {
            while true {
                try await Task.sleep(for: .milliseconds(100))
                do {
                    let waves = try await shop.mendedWaves()
                    trouble.mend(through: waves)
                    try await mend()
                } catch is CancellationError {
                    throw CancellationError()
                } catch {
                    // A file that is busy, for one: what is parked waits for the next look.
                    log.write("parked streams couldn't be looked at: \(error)")
                }
            }
        }

        private func mend() async throws {
            for parked in try await shop.store.parkedStreams(reactor: node.name) {
                guard trouble.isOver(for: parked.stream, parked.firstIndex),
                    let partition = shop.feed.partition(of: parked.stream),
                    let reactor = node.reactors[partition]
                else { continue }
                do {
                    try await reactor.retry(parked.stream)
                } catch {
                    // The stream stays parked, or is elsewhere by now: the next look finds it, here or there.
                    log.write("\(parked.stream) stays parked: \(error)")
                }
            }
        }
    }
#endif
