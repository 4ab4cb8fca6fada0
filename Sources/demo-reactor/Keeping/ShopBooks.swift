import ActorProcessing

/// Where a run of the shop keeps its state, and who receives what leaves it.
struct ShopBooks: Sendable {
    /// The name under which stores keep what is the shop's.
    static let reactor = "shop"
    /// The name of the feed that its checkpoints belong to.
    static let feed = "shop"

    let store: any ReactorStore
    let sales: any SalesView
    let receiver: any ShopReceiver
    /// Whether they outlive the process.
    let isDurable: Bool

    /// All of it for as long as the process lives.
    static func inMemory() -> ShopBooks {
        let store = InMemoryStore()
        return ShopBooks(store: store, sales: MemorySales(store: store), receiver: MemoryReceiver(), isDurable: false)
    }

    /// What they have come to.
    func record() async throws -> ShopRecord {
        ShopRecord(
            received: try await receiver.states(), confirmations: try await receiver.confirmations(),
            sales: try await sales.all(), parked: try await store.parkedStreams(reactor: Self.reactor))
    }

    /// How many arrivals don't have to be read again.
    func settledArrivals() async throws -> Int {
        try await store.checkpoints(of: Self.reactor).filter { $0.key.feed == Self.feed }
            .reduce(0) { $0 + Int($1.position.value) }
    }

    /// How many events of each stream are handled.
    func progress(of streams: some Collection<StreamName>) async throws -> [StreamName: Int64] {
        let streams = Array(streams)
        let stored = try await store.load(StreamQuery(streams), reactor: Self.reactor)
        var progress: [StreamName: Int64] = [:]
        for (stream, stored) in zip(streams, stored) {
            progress[stream] = max(0, stored?.position.nextIndex ?? 0)
        }
        // Behind the first parked event nothing is handled, whatever has been put aside.
        for parked in try await store.parkedStreams(reactor: Self.reactor) {
            progress[parked.stream] = min(progress[parked.stream] ?? 0, parked.firstIndex)
        }
        return progress
    }
}
