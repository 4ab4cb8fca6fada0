#if SQLite
    public import Sharding

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// A process that held up all writers of a file after its leases had lapsed, and was killed for it.
    ///
    /// Most likely it had been stopped (`SIGSTOP`, a debugger, a frozen container) in the middle of a transaction: then SQLite's lock
    /// stays with it, and nobody can take over what it had leased.
    public struct StuckHolder: Sendable, Hashable, CustomStringConvertible {
        /// The process's number in the system.
        public let process: Int32
        /// The scopes that it had leased, sorted.
        public var scopes: [Fence.Scope] { epochs.keys.sorted() }
        /// With which epochs.
        let epochs: [Fence.Scope: UInt64]
        /// How long ago the last of its leases had lapsed.
        public let lapsed: Duration

        public var description: String {
            "process \(process) was killed: it was in the middle of a write \(lapsed) after its leases had lapsed, of "
                + scopes.map { "'\($0)'" }.joined(separator: ", ")
        }

        /// Says it on standard error, in a line.
        func complain() {
            var line = "millrace: \(self)\n"
            // Where nobody listens there is nobody to tell that to, either.
            line.withUTF8 { _ = unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
        }
    }
#endif
