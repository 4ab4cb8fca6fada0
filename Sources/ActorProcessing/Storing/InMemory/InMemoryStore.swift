import Synchronization

/// A store that keeps everything in memory: the default of a reactor without one, and the reference for all others.
///
/// It acknowledges at once. What it has acknowledged stays for as long as the store itself does: keep the store and drop
/// the reactor, and the next reactor finds what a durable store would hold after a crash. When the process ends,
/// everything is gone.
///
/// View writes are given an ``InMemoryTransaction``; read the views with ``view(_:as:)`` and ``value(of:in:as:)``.
/// Streams that are known by their position only take about 85 bytes each, up to 40 bytes of name included; they
/// are kept until the store goes.
///
/// Fences are compared for equality: one that this store hasn't handed out is refused like an old one.
public final class InMemoryStore: Sendable {
    private let reactors = Mutex<[(name: String, reactor: InMemoryReactor)]>([])
    let views = InMemoryViewTables()

    private let stripes: Int

    /// An empty store.
    ///
    /// - Parameter stripes: how many locks a reactor's streams are spread over, at least one. Give the number of shards or
    ///   a small multiple of it: then no two shards share a lock, and a group's rows stay together in few.
    public init(stripes: Int = 8) {
        precondition(stripes > 0, "a store has at least one stripe, not \(stripes)")
        self.stripes = stripes
    }

    /// What is held for a reactor. There are few of them, and their names are mostly one and the same string.
    func reactor(_ name: String) -> InMemoryReactor {
        reactors.withLock { reactors in
            if let known = reactors.first(where: { $0.name == name }) { return known.reactor }
            let reactor = InMemoryReactor(stripes: stripes)
            reactors.append((name, reactor))
            return reactor
        }
    }
}
