/// Pauses the intake while too much waits, and lets it go on when half of that is left.
struct IntakeBrake {
    private let pause: IntakePause
    private let limit: Int
    private var isPausing = false

    /// - Parameter limit: from how many on it pauses.
    init(_ pause: IntakePause, limit: Int) {
        self.pause = pause
        self.limit = limit
    }

    /// So many wait now.
    mutating func counted(_ count: Int) {
        if !isPausing, count >= limit {
            isPausing = true
            pause.add()
        } else if isPausing, count <= limit / 2 {
            isPausing = false
            pause.remove()
        }
    }
}
