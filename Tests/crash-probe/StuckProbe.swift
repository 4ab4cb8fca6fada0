#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Sharding
    import Supervision

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// A process that leases something, and gets stuck in the middle of a write: nobody else can write then.
    struct StuckProbe: Sendable {
        /// What it does there.
        enum Manner: String {
            /// It stops itself.
            case stop
            /// It waits for what never comes.
            case hang
            /// It computes, and is done with it when it is told something.
            case work
        }

        static let scope = Fence.Scope(deployment: "probe", process: "stuck")
        static let owned = Fence.Scope(deployment: "probe", process: "owned")

        var state: String
        /// How long its lease runs.
        var ttl: Duration
        /// Whether it owns something without a lease, too.
        var isOwner: Bool
        var manner: Manner

        init(state: String, ttl: Duration, isOwner: Bool = false, manner: Manner = .stop) {
            self.state = state
            self.ttl = ttl
            self.isOwner = isOwner
            self.manner = manner
        }

        /// What a command line says; `nil` when it doesn't ask for one.
        init?(_ arguments: [String]) {
            guard arguments.count == 5, arguments[0] == "stuck", let milliseconds = Int64(arguments[2]),
                let manner = Manner(rawValue: arguments[4])
            else { return nil }
            self.init(
                state: arguments[1], ttl: .milliseconds(milliseconds), isOwner: arguments[3] == "owner", manner: manner)
        }

        /// The same as a command line.
        var arguments: [String] {
            ["stuck", state, "\(ttl.wholeNanoseconds / 1_000_000)", isOwner ? "owner" : "no-owner", manner.rawValue]
        }

        func run() async throws {
            let store = try await SQLiteStore(state)
            if isOwner { _ = try await store.takeOwnership(of: Self.owned) }
            let holder = LeaseHolder(node: "probe", incarnation: 1)
            let answers = try await store.acquire([Self.scope], for: holder, ttl: ttl)
            guard case .granted(let fence) = answers[0] else {
                throw StoreError(.owned, "the probe's scope is held already: give it a file of its own")
            }
            try await store.write(under: fence) { transaction in
                try transaction.run("CREATE TABLE probe (value INTEGER)")
                ProbeOutput.write("s")
                getStuck()
            }
            try await store.close()
        }

        private func getStuck() {
            switch manner {
            case .stop: raise(SIGSTOP)
            case .hang: while true { pause() }
            case .work:
                var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
                // Also when nobody is there any more who could tell.
                while unsafe poll(&input, 1, 0) == 0 {}
            }
        }
    }
#endif
