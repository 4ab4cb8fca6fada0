/// How a reactor's process has ended.
public enum ProcessEnd: Sendable {
    /// Its `run()` has returned.
    case finished
    /// It has died.
    case crashed
    /// Its `run()` has thrown.
    case failed(any Error)
    /// It lives, but hasn't come to an end in its time.
    case stuck
}
