#if SQLite
    import ActorProcessingSQLite

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// A process that is in the middle of a write until it is told something: nobody else can write meanwhile.
    struct LockProbe: Sendable {
        var state: String

        init(state: String) { self.state = state }

        /// What a command line says; `nil` when it doesn't ask for one.
        init?(_ arguments: [String]) {
            guard arguments.count == 2, arguments[0] == "lock" else { return nil }
            self.init(state: arguments[1])
        }

        /// The same as a command line.
        var arguments: [String] { ["lock", state] }

        func run() async throws {
            var configuration = SQLiteConfiguration()
            // Others are at work on the file, and the machine may be slow.
            configuration.busyTimeout = .seconds(600)
            let store = try await SQLiteStore(state, configuration: configuration)
            try await store.write { _ in
                ProbeOutput.write("l")
                // Also when nobody is there any more who could tell.
                var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
                while unsafe poll(&input, 1, -1) <= 0 {}
            }
            try await store.close()
        }
    }
#endif
