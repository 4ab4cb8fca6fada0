import ActorProcessing
import ActorProcessingSQLite
import Foundation
import Sharding

/// What a node does: its share of the view's partitions.
enum ViewNode {
    /// The reactor's name, and its deployment's.
    static let reactor = "bookings"
    static let partitions = 8

    static func open(_ path: String) async throws -> SQLiteStore {
        var configuration = SQLiteConfiguration()
        configuration.migrations = [BookingView.migrations]
        return try await SQLiteStore(path, configuration: configuration)
    }

    /// Runs a node until its input ends: because it is asked to stop, or because whoever started it is gone.
    static func run(named name: String, path: String) async throws {
        let store = try await open(path)
        let feed = try JournalFeed(store.journal, category: "Booking", partitions: partitions)
        // A killed node's partitions go on elsewhere a second later.
        var configuration = DistributedProcessingConfiguration()
        configuration.ttl = .seconds(1)
        let node = DistributedReactor(
            name: reactor, node: name, feed: feed, store: store, configuration: configuration
        ) { _ in
            Reactor(name: reactor, feed: feed, handler: BookingView(), store: store, runtime: .live(shards: 1))
        }
        let running = Task { try await node.run() }
        // Reading blocks, so it has a thread of its own. Cancelled, the node finishes what it does and gives its partitions back.
        Thread.detachNewThread {
            while readLine() != nil {}
            running.cancel()
        }
        try await running.value
        try await store.close()
    }
}
