package import Supervision

package struct TimerWheel<Token: Sendable>: Sendable {
    private var heap: [(RuntimeInstant, Int, Token)] = []
    private var serial = 0
    package init() {}
    package var count: Int { heap.count }
    package var nextDeadline: RuntimeInstant? { heap.first?.0 }
    package mutating func insert(_ token: Token, at deadline: RuntimeInstant) {
        serial += 1
        heap.append((deadline, serial, token))
        var i = heap.count - 1
        while i > 0 {
            let p = (i - 1) / 2
            if (heap[p].0, heap[p].1) <= (heap[i].0, heap[i].1) { break }
            heap.swapAt(i, p)
            i = p
        }
    }
    package mutating func advance(to now: RuntimeInstant, into expired: inout [Token]) {
        while let first = heap.first, first.0 <= now {
            expired.append(first.2)
            heap.swapAt(0, heap.count - 1)
            heap.removeLast()
            var i = 0
            while true {
                var c = 2 * i + 1
                if c >= heap.count { break }
                if c + 1 < heap.count, (heap[c + 1].0, heap[c + 1].1) < (heap[c].0, heap[c].1) { c += 1 }
                if (heap[i].0, heap[i].1) <= (heap[c].0, heap[c].1) { break }
                heap.swapAt(i, c)
                i = c
            }
        }
    }
}
