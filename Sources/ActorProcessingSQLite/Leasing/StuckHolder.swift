#if SQLite
    public import Sharding

    /// A process that held up all writers of a file after its leases had lapsed, and was killed for it.
    ///
    /// Most likely it had been stopped (`SIGSTOP`, a debugger, a frozen container) in the middle of a transaction: then SQLite's lock
    /// stays with it, and nobody can take over what it had leased.
    public struct StuckHolder: Sendable, Hashable, CustomStringConvertible {
        /// The process's number in the system.
        public let process: Int32
        /// The scopes that it had leased, sorted.
        public let scopes: [Fence.Scope]
        /// How long ago the last of its leases had lapsed.
        public let lapsed: Duration

        public var description: String {
            "process \(process) was killed: it was in the middle of a write \(lapsed) after its leases had lapsed, of "
                + scopes.map { "'\($0)'" }.joined(separator: ", ")
        }
    }
#endif
