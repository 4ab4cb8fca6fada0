#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A thread of its own, for work that no shard and no pool of threads has time for: what blocks in the system, or computes
/// for long.
package enum SystemThread {
    private final class Start: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    #if canImport(Darwin)
        private typealias Argument = UnsafeMutableRawPointer
    #else
        private typealias Argument = UnsafeMutableRawPointer?
    #endif

    /// Runs `body` on a thread that ends with it. Nobody joins it: what it holds goes with it.
    ///
    /// - Throws: ``RuntimeError`` of code ``RuntimeError/Code/threadNotStarted``.
    package static func start(_ body: @escaping @Sendable () -> Void) throws(RuntimeError) {
        // `unsafe`: the retain made here is balanced by the thread, or below when there is none.
        let start = unsafe Unmanaged.passRetained(Start(body))
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let status = unsafe pthread_create(&thread, nil, threadMain, start.toOpaque())
        guard status == 0 else {
            unsafe start.release()
            throw RuntimeError(
                .threadNotStarted, "could not start a thread: error \(status); raise the limit on threads")
        }
        #if canImport(Darwin)
            if let thread = unsafe thread { unsafe pthread_detach(thread) }
        #else
            pthread_detach(thread)
        #endif
    }

    /// What `body` returns, computed on a thread of its own.
    package static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        let promise = Promise<Value>()
        try start { promise.keep(Result { try body() }) }
        return try await promise.value
    }

    private static let threadMain: @convention(c) (Argument) -> UnsafeMutableRawPointer? = { argument in
        unsafe run(argument)
        return nil
    }

    private static func run(_ argument: UnsafeMutableRawPointer?) {
        guard let argument = unsafe argument else { preconditionFailure("a thread started without its argument") }
        unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body()
    }
}
