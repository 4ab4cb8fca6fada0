import Supervision

/// The obvious timer queue that ``TimerWheel`` is compared with: an array, searched and sorted.
struct TimerWheelModel {
    struct Timer {
        var deadline: RuntimeInstant
        var token: Int
    }

    private var timers: [Timer] = []

    var count: Int { timers.count }

    var nextDeadline: RuntimeInstant? { timers.map(\.deadline).min() }

    mutating func insert(_ token: Int, at deadline: RuntimeInstant) {
        timers.append(Timer(deadline: deadline, token: token))
    }

    /// Tokens are numbered in order of insertion, so they break ties.
    mutating func advance(to now: RuntimeInstant) -> [Int] {
        let expired = timers.filter { $0.deadline <= now }
        timers.removeAll { $0.deadline <= now }
        return expired.sorted { ($0.deadline, $0.token) < ($1.deadline, $1.token) }.map(\.token)
    }
}
