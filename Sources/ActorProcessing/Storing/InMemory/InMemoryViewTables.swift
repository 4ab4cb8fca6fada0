import Synchronization

/// The views of an in-memory store, with their lock.
final class InMemoryViewTables: Sendable {
    let state = Mutex(InMemoryViews())
}
