#if Files

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// An open file of the system's.
    final class Descriptor: Sendable {
        /// What is known of a file.
        struct Status: Sendable {
            var size: Int64
            var identity: Identity
            var isRegular: Bool
            var isDirectory: Bool
        }

        /// Which file it is, whatever its name.
        struct Identity: Sendable, Hashable {
            var device: UInt64
            var number: UInt64
        }

        let number: Int32
        private let isOwned: Bool

        init(number: Int32, isOwned: Bool) {
            self.number = number
            self.isOwned = isOwned
        }

        /// Opens a file for reading.
        convenience init(reading path: String) throws(SystemError) {
            // Without O_NONBLOCK a named pipe would be waited for here, where nothing can end that.
            let number = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard number >= 0 else { throw SystemError.last }
            self.init(number: number, isOwned: true)
        }

        /// Opens a file for writing, and makes it if it isn't there.
        convenience init(writing path: String, appends: Bool) throws(SystemError) {
            let number = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (appends ? O_APPEND : O_TRUNC), 0o644)
            guard number >= 0 else { throw SystemError.last }
            self.init(number: number, isOwned: true)
        }

        deinit {
            if isOwned { close(number) }
        }

        /// Reads what there is; 0 at the end, `nil` when there is nothing yet.
        func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int? {
            while true {
                #if canImport(Glibc)
                    let count = unsafe Glibc.read(number, buffer.baseAddress, buffer.count)
                #elseif canImport(Musl)
                    let count = unsafe Musl.read(number, buffer.baseAddress, buffer.count)
                #else
                    let count = unsafe Darwin.read(number, buffer.baseAddress, buffer.count)
                #endif
                if count >= 0 { return count }
                let error = SystemError.last
                if error.number == EAGAIN || error.number == EWOULDBLOCK { return nil }
                if !error.isInterruption { throw error }
            }
        }

        /// Reads at a place of a regular file; less than asked for at its end.
        func read(at offset: Int64, count: Int) throws(SystemError) -> [UInt8] {
            var bytes = [UInt8](repeating: 0, count: count)
            var filled = 0
            while filled < count {
                let read = unsafe bytes.withUnsafeMutableBytes { buffer in
                    unsafe pread(number, buffer.baseAddress! + filled, count - filled, off_t(offset) + off_t(filled))
                }
                if read == 0 { break }
                if read < 0 {
                    let error = SystemError.last
                    if error.isInterruption { continue }
                    throw error
                }
                filled += read
            }
            bytes.removeLast(count - filled)
            return bytes
        }

        /// Writes all of the bytes.
        func write(_ bytes: [UInt8]) throws(SystemError) {
            try unsafe bytes.span.withUnsafeBytes { bytes throws(SystemError) in try unsafe write(bytes) }
        }

        /// Writes all of the bytes.
        func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
            var written = 0
            while written < bytes.count {
                #if canImport(Glibc)
                    let count = unsafe Glibc.write(number, bytes.baseAddress! + written, bytes.count - written)
                #elseif canImport(Musl)
                    let count = unsafe Musl.write(number, bytes.baseAddress! + written, bytes.count - written)
                #else
                    let count = unsafe Darwin.write(number, bytes.baseAddress! + written, bytes.count - written)
                #endif
                if count < 0 {
                    let error = SystemError.last
                    if error.isInterruption { continue }
                    if error.number == EAGAIN || error.number == EWOULDBLOCK {
                        var entry = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
                        unsafe poll(&entry, 1, -1)
                        continue
                    }
                    throw error
                }
                written += count
            }
        }

        func seek(to offset: Int64) throws(SystemError) {
            guard lseek(number, off_t(offset), SEEK_SET) >= 0 else { throw SystemError.last }
        }

        var status: Status {
            get throws(SystemError) {
                var found = stat()
                guard unsafe fstat(number, &found) == 0 else { throw SystemError.last }
                return Status(found)
            }
        }

        /// What is known of the file that has a name now; `nil` when none has.
        static func status(of path: String) throws(SystemError) -> Status? {
            var found = stat()
            if unsafe stat(path, &found) == 0 { return Status(found) }
            let error = SystemError.last
            if error.number == ENOENT || error.number == ENOTDIR { return nil }
            throw error
        }
    }

    extension Descriptor.Status {
        fileprivate init(_ found: stat) {
            size = Int64(found.st_size)
            identity = Descriptor.Identity(
                device: UInt64(truncatingIfNeeded: found.st_dev), number: UInt64(truncatingIfNeeded: found.st_ino))
            isRegular = found.st_mode & S_IFMT == S_IFREG
            isDirectory = found.st_mode & S_IFMT == S_IFDIR
        }
    }
#endif
