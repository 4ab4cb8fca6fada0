#if SQLite
    import CSQLite

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// The lock of whoever writes to a file with a write-ahead log: one byte of the file that SQLite keeps beside it.
    ///
    /// That file is looked at from outside only. To open and close it would let go of all the locks that this process has on it.
    struct WriteLock {
        /// SQLite's `WAL_WRITE_LOCK`, as the description of its log format places it.
        private static let byte = 120

        /// The file as the system's list of locks names it: major and minor number of its device, and its own number.
        private let file: String

        /// - Parameter connection: one to the file whose lock it is.
        init?(of connection: Connection) {
            var status = stat()
            guard unsafe stat(connection.fileName + "-shm", &status) == 0 else { return nil }
            let device = UInt64(truncatingIfNeeded: status.st_dev)
            let major = (device >> 8 & 0xFFF) | (device >> 32 & ~0xFFF)
            let minor = (device & 0xFF) | (device >> 12 & ~0xFF)
            file = "\(Self.hexadecimal(major)):\(Self.hexadecimal(minor)):\(status.st_ino)"
        }

        /// The process that has it; `nil` when none has, or the system doesn't tell.
        var holder: Int32? {
            let locks = SystemFile.text("/proc/locks") ?? ""
            return locks.split(separator: "\n").lazy.compactMap { holder(in: $0) }.first
        }

        /// A line reads `1: POSIX ADVISORY WRITE 4711 fe:00:1234 120 120`; one that waits for a lock has an arrow after its number.
        private func holder(in line: Substring) -> Int32? {
            let fields = line.split(separator: " ")
            guard fields.count == 8, fields[1] == "POSIX", fields[3] == "WRITE", fields[5] == file,
                let first = Int(fields[6]), first <= Self.byte
            else { return nil }
            let reachesIt = fields[7] == "EOF" || Int(fields[7]).map { $0 >= Self.byte } ?? false
            return reachesIt ? Int32(fields[4]) : nil
        }

        private static func hexadecimal(_ number: UInt64) -> String {
            let digits = String(number, radix: 16)
            return digits.count < 2 ? "0" + digits : digits
        }
    }
#endif
