#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A system thread that runs until its latch is opened.
///
/// `@unchecked Sendable`: both fields are set once; a thread's handle may be used from any thread (on some systems it
/// is a pointer, which hides that).
struct WatchdogThread: @unchecked Sendable {
    /// What the thread is given when it starts.
    private final class Start: Sendable {
        let latch: StopLatch
        let body: @Sendable (StopLatch) -> Void

        init(latch: StopLatch, body: @escaping @Sendable (StopLatch) -> Void) {
            self.latch = latch
            self.body = body
        }
    }

    private let handle: pthread_t
    private let latch: StopLatch

    /// Starts a thread whose body returns soon after its latch was opened.
    static func start(_ body: @escaping @Sendable (StopLatch) -> Void) throws(SupervisionError) -> WatchdogThread {
        let latch = StopLatch()
        // `unsafe`: the retain made here is balanced by the thread, or below when there is none.
        let start = unsafe Unmanaged.passRetained(Start(latch: latch, body: body))
        #if canImport(Darwin)
            var created: pthread_t?
        #else
            var created = pthread_t()
        #endif
        let result = unsafe pthread_create(&created, nil, threadMain, start.toOpaque())
        guard result == 0 else {
            unsafe start.release()
            throw .threadUnavailable(result)
        }
        #if canImport(Darwin)
            guard let handle = created else { preconditionFailure("pthread_create succeeded without a thread") }
            return WatchdogThread(handle: handle, latch: latch)
        #else
            return WatchdogThread(handle: created, latch: latch)
        #endif
    }

    /// Ends the thread, and waits for it unless this is that thread. To be called once.
    func stop() {
        latch.open()
        if pthread_equal(pthread_self(), handle) != 0 {
            pthread_detach(handle)
        } else {
            pthread_join(handle, nil)
        }
    }

    #if canImport(Darwin)
        private typealias Argument = UnsafeMutableRawPointer
    #else
        private typealias Argument = UnsafeMutableRawPointer?
    #endif

    private static let threadMain: @convention(c) (Argument) -> UnsafeMutableRawPointer? = { argument in
        unsafe run(argument)
        return nil
    }

    private static func run(_ argument: UnsafeMutableRawPointer?) {
        guard let argument = unsafe argument else { preconditionFailure("a thread started without its argument") }
        let start = unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        start.body(start.latch)
    }
}
