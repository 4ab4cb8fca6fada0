import ActorProcessing
import Sharding

/// The memory of a stream that does nothing: what a million of them cost, beside their names, their states, and what the
/// store in memory keeps of them.
struct IdleBenchmark {
    let streams: Int

    func run(_ options: BenchOptions) async throws -> Figures {
        let name = Workload.name(0).count
        let state = MemoryLayout<DigestHandler.State>.stride
        let store = try await storeBytes()
        let before = ResidentMemory.kibibytes
        let totals = Totals()
        var configuration = ReactorConfiguration()
        configuration.passivateAfter = nil
        configuration.decisionsKept = 0
        let feed = NameFeed(streams: streams)
        let reactor = Reactor(
            name: "bench", feed: feed, handler: DigestHandler(totals: totals), store: InMemoryStore(),
            configuration: configuration, runtime: .live(shards: options.shards))
        async let end: Void = reactor.run()
        try await reactor.waitUntilCaughtUp()
        let active = try await reactor.status.activeStreams
        let after = ResidentMemory.kibibytes
        try await reactor.stop()
        try await end
        guard active == streams, totals.events == streams else {
            throw WrongResult(text: "\(active) of \(streams) streams are active, \(totals.events) events were handled")
        }
        let all = Double(after - before) * 1024 / Double(streams)
        var figures = Figures()
        figures.add("streams", streams)
        figures.add("bytesPerStream", all)
        figures.add("ofTheStore", store)
        figures.add("nameAndState", name + state)
        figures.add("bytesBesideNameAndState", all - store - Double(name + state))
        return figures
    }

    /// What the store in memory keeps of each stream, its name included.
    private func storeBytes() async throws -> Double {
        let before = ResidentMemory.kibibytes
        let store = InMemoryStore()
        for first in stride(from: 0, to: streams, by: 4096) {
            let names = try (first..<min(streams, first + 4096)).map { number in
                try StreamName(String(decoding: Workload.name(number), as: UTF8.self))
            }
            _ = try await store.load(StreamQuery(names), reactor: "bench")
        }
        let after = ResidentMemory.kibibytes
        // It is still there, and knows them.
        let first = try StreamName(String(decoding: Workload.name(0), as: UTF8.self))
        guard try await store.load(StreamQuery([first]), reactor: "bench").first.flatMap(\.self) != nil else {
            throw WrongResult(text: "the store has forgotten a stream")
        }
        return Double(after - before) * 1024 / Double(streams)
    }
}
