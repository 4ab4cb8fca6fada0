import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A thread of its own for one run, so that the cooperative pool isn't held up.
final class SimulationThread: Sendable {
    private let body: @Sendable () -> Void

    private init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }

    /// Starts a thread, which frees itself at its end.
    static func start(_ body: @escaping @Sendable () -> Void) throws(SimulationError) {
        let thread = try make(body)
        pthread_detach(thread)
    }

    /// Runs `body` on a new thread and blocks the calling one until it has ended.
    static func wait<Value: Sendable>(_ body: @escaping @Sendable () -> Value) throws(SimulationError) -> Value {
        let end = End<Value>()
        let thread = try make { end.value.withLock { $0 = body() } }
        pthread_join(thread, nil)
        guard let value = end.value.withLock({ $0 }) else { preconditionFailure("a joined thread left no value") }
        return value
    }

    private static func make(_ body: @escaping @Sendable () -> Void) throws(SimulationError) -> pthread_t {
        let box = unsafe Unmanaged.passRetained(SimulationThread(body))
        #if canImport(Darwin)
            var created: pthread_t?
        #else
            var created = pthread_t()
        #endif
        let status = unsafe pthread_create(&created, nil, unsafe runSimulationThread, box.toOpaque())
        #if canImport(Darwin)
            let thread = unsafe created
        #else
            let thread: pthread_t? = created
        #endif
        guard status == 0, let thread else {
            unsafe box.release()
            throw SimulationError(
                .threadNotStarted, "could not start a simulation's thread: error \(status); raise the limit on threads")
        }
        return thread
    }

    private final class End<Value: Sendable>: Sendable {
        let value = Mutex<Value?>(nil)
    }

    fileprivate func run() { body() }
}

#if canImport(Darwin)
    private func runSimulationThread(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        unsafe Unmanaged<SimulationThread>.fromOpaque(argument).takeRetainedValue().run()
        return unsafe nil
    }
#else
    private func runSimulationThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        // Non-null: `make` passes the box that it retained.
        unsafe Unmanaged<SimulationThread>.fromOpaque(argument!).takeRetainedValue().run()
        return nil
    }
#endif
