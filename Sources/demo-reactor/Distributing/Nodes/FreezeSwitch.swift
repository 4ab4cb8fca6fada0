import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Stops the whole process, as SIGSTOP from outside does, at the worst moment: in the middle of a transaction that writes.
final class FreezeSwitch: Sendable {
    private let isArmed = Atomic(false)

    /// The next write stops the process.
    func arm() { isArmed.store(true, ordering: .releasing) }

    /// No write does.
    func disarm() { isArmed.store(false, ordering: .releasing) }

    /// To be called in a write. It returns when somebody has sent SIGCONT.
    func reached() {
        guard isArmed.exchange(false, ordering: .acquiringAndReleasing) else { return }
        // The system refuses this to no process.
        kill(getpid(), SIGSTOP)
    }
}
