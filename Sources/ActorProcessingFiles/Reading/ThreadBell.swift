#if Files

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Wakes a thread that waits in the system: a pipe to itself, so that it can wait for a file at the same time.
    final class ThreadBell: Sendable {
        private let readEnd: Int32
        private let writeEnd: Int32

        init() throws(SystemError) {
            var ends: [Int32] = [0, 0]
            guard unsafe pipe(&ends) == 0 else { throw SystemError.last }
            for end in ends {
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
            }
            (readEnd, writeEnd) = (ends[0], ends[1])
        }

        deinit {
            close(readEnd)
            close(writeEnd)
        }

        /// Ends the present wait, or the next one.
        func ring() {
            // A full pipe means that it rings already.
            var byte: UInt8 = 1
            _ = unsafe write(writeEnd, &byte, 1)
        }

        /// Blocks until the bell rings, `descriptor` has something to say, or the time is over.
        func wait(for descriptor: Int32? = nil, atMost limit: Duration? = nil) {
            var entries = [pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)]
            if let descriptor { entries.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)) }
            let milliseconds = limit.map { Int32(clamping: Int64($0 / .milliseconds(1))) } ?? -1
            _ = unsafe poll(&entries, nfds_t(entries.count), milliseconds)
            if entries[0].revents != 0 { silence() }
        }

        /// Blocks until something can be read.
        static func wait(for descriptor: Int32) {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            _ = unsafe poll(&entry, 1, -1)
        }

        /// Whether something can be read at once.
        static func hasNews(_ descriptor: Int32) -> Bool {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            return unsafe poll(&entry, 1, 0) != 0
        }

        private func silence() {
            var bytes: (UInt64, UInt64) = (0, 0)
            while unsafe withUnsafeMutableBytes(of: &bytes, { unsafe read(readEnd, $0.baseAddress!, $0.count) }) > 0 {}
        }
    }
#endif
