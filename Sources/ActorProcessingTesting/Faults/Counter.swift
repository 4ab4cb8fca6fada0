import Synchronization

/// Counts from 1: runs, calls.
final class Counter: Sendable {
    private let count = Mutex(0)

    var last: Int { count.withLock { $0 } }

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}
