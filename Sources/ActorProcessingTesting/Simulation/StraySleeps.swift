import Supervision

/// Stray jobs that wait for the virtual clock, in the order of their deadlines.
struct StraySleeps {
    private var heap: [(deadline: RuntimeInstant, serial: Int, job: StrayJob)] = []
    private var lastSerial = 0

    var count: Int { heap.count }

    var nextDeadline: RuntimeInstant? { heap.first?.deadline }

    mutating func insert(_ job: StrayJob, at deadline: RuntimeInstant) {
        lastSerial += 1
        heap.append((deadline, lastSerial, job))
        var child = heap.count - 1
        while child > 0, isBefore(child, (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func popFirst(due now: RuntimeInstant) -> StrayJob? {
        guard let first = heap.first, first.deadline <= now else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        sink(0)
        return first.job
    }

    mutating func removeAll(of runtime: Int) {
        let kept = heap.filter { $0.job.runtime != runtime }
        heap.removeAll()
        for entry in kept.sorted(by: { $0.serial < $1.serial }) { insert(entry.job, at: entry.deadline) }
    }

    private mutating func sink(_ start: Int) {
        var parent = start
        while true {
            var child = 2 * parent + 1
            if child >= heap.count { return }
            if child + 1 < heap.count, isBefore(child + 1, child) { child += 1 }
            if !isBefore(child, parent) { return }
            heap.swapAt(child, parent)
            parent = child
        }
    }

    private func isBefore(_ left: Int, _ right: Int) -> Bool {
        (heap[left].deadline, heap[left].serial) < (heap[right].deadline, heap[right].serial)
    }
}
