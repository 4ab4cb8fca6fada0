import ActorProcessing
import Sharding
import Synchronization

/// A process of the deployment that is a reactor, with a handler for each category that is plugged in.
///
/// Plugs aren't kept by the reactor: when the desk moves to another node, it plugs them in again there. How far each category is
/// stays in the store, so that it goes on where it was.
final class Desk: Sendable {
    private struct State {
        var categories: Set<String> = []
        /// The reactor, on the node that runs it now.
        var reactor: Reactor?
    }

    /// The process's name, and that of the feed's only partition.
    static let name = "desk"
    /// The name of the reactor, which is its deployment's.
    static let deployment = "shop"
    let feed = MemoryFeed(partitions: [PartitionID(Desk.name)])
    private let store: InMemoryStore
    private let state = Mutex(State())

    init(store: InMemoryStore) { self.store = store }

    /// Runs the reactor on a node, until it is asked to stop.
    func run(under lease: borrowing Lease, until stop: ProcessStop) async throws {
        let reactor = Reactor(name: Self.deployment, feed: feed, store: store, runtime: .live(shards: 1))
        try state.withLock { state in
            for category in state.categories { try reactor.plug(category, handler: handler(of: category)) }
            state.reactor = reactor
        }
        try await reactor.run(PartitionID(Self.name), under: lease, until: stop)
    }

    /// Handles a category's events from now on, and those that came before.
    func plug(_ category: String) throws {
        try state.withLock { state in
            state.categories.insert(category)
            try state.reactor?.plug(category, handler: handler(of: category))
        }
    }

    /// Handles a category's events no more, once those that were taken are done with.
    func unplug(_ category: String) async throws {
        let reactor = state.withLock { state in
            state.categories.remove(category)
            return state.reactor
        }
        try await reactor?.unplug(category)
    }

    /// How many events of each category have been handled.
    var handled: [String: Int] { store.view("handled", as: Int.self) }

    /// Counts a category's events in the transaction that commits them.
    private func handler(of category: String) -> ClosureHandler {
        ClosureHandler { events, context in
            let count = events.count
            context.write { transaction in
                let views = try InMemoryTransaction.of(transaction)
                views.put("handled", key: category, value: (views.get("handled", key: category) ?? 0) + count)
            }
        }
    }
}
