#if Files
    import Sharding

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// A thread for work that blocks in the system or computes for long, which no shard has time for.
    package enum ReadingThread {
        private final class Start: Sendable {
            let body: @Sendable () -> Void

            init(_ body: @escaping @Sendable () -> Void) { self.body = body }
        }

        #if canImport(Darwin)
            private typealias Argument = UnsafeMutableRawPointer
        #else
            private typealias Argument = UnsafeMutableRawPointer?
        #endif

        /// Runs `body` on a thread that ends with it.
        static func start(_ body: @escaping @Sendable () -> Void) throws(FileFeedError) {
            // `unsafe`: the retain made here is balanced by the thread, or below when there is none.
            let start = unsafe Unmanaged.passRetained(Start(body))
            #if canImport(Darwin)
                var thread: pthread_t?
            #else
                var thread = pthread_t()
            #endif
            let result = unsafe pthread_create(&thread, nil, threadMain, start.toOpaque())
            guard result == 0 else {
                unsafe start.release()
                throw FileFeedError(
                    .thread, "file feed", "no thread could be started, error \(result): raise the limit on threads")
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
#endif
