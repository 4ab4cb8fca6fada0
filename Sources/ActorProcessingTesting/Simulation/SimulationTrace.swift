import Supervision

/// What a run has done: a rolling hash of its steps, and the steps themselves if asked for.
struct SimulationTrace {
    private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    private(set) var lines: [String] = []
    private let isReadable: Bool

    init(isReadable: Bool) {
        self.isReadable = isReadable
    }

    /// A job ran, on the queue with this number.
    mutating func ran(_ queue: Int, _ name: @autoclosure () -> String, at now: RuntimeInstant) {
        mix(UInt64(truncatingIfNeeded: queue) << 2)
        if isReadable { lines.append("\(now) \(name())") }
    }

    mutating func clockMoved(to now: RuntimeInstant) {
        mix(UInt64(bitPattern: now.nanoseconds) << 2 | 1)
    }

    mutating func killed(_ runtime: Int, at now: RuntimeInstant) {
        mix(UInt64(truncatingIfNeeded: runtime) << 2 | 2)
        if isReadable { lines.append("\(now) runtime \(runtime) is killed") }
    }

    mutating func paused(_ runtime: Int, at now: RuntimeInstant) {
        mix(UInt64(truncatingIfNeeded: runtime) << 3 | 6)
        if isReadable { lines.append("\(now) runtime \(runtime) stands still") }
    }

    mutating func noted(_ note: String, at now: RuntimeInstant) {
        for byte in note.utf8 { mix(UInt64(byte) << 2 | 3) }
        if isReadable { lines.append("\(now) \(note)") }
    }

    private mutating func mix(_ value: UInt64) {
        hash = (hash ^ value) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
    }
}
