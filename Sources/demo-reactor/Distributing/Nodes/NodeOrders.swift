import Sharding

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a node is told by the process that has started it, a byte for each, through standard input.
///
/// When that process has gone the input ends, and so does the node: nobody else would end it.
enum NodeOrder: UInt8, Sendable {
    /// Leave gracefully.
    case stop = 0x73
    /// Stop in the middle of the next write.
    case freeze = 0x66
    /// Don't, if that write hasn't come.
    case thaw = 0x74

    /// Reads orders until the input ends, on a thread of its own.
    static func listen(_ take: @escaping @Sendable (NodeOrder) -> Void) throws {
        try SystemThread.start {
            var byte: UInt8 = 0
            while true {
                let count = unsafe read(STDIN_FILENO, &byte, 1)
                if count == 1 {
                    if let order = NodeOrder(rawValue: byte) { take(order) }
                } else if count == 0 || errno != EINTR {
                    Terminal.complain("whoever has started this node has gone\n")
                    _exit(ExitCode.failed.rawValue)
                }
            }
        }
    }
}
