#if SQLite
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// A file system of a few bytes, where this user may mount one.
    enum SmallDisk {
        struct Failure: Error {
            let number: Int32
        }

        /// - Returns: whether it is mounted.
        static func mount(at path: String, bytes: Int) -> Bool { change(path, 0, bytes) }

        /// Gives it room.
        static func grow(_ path: String, bytes: Int) throws {
            #if os(Linux)
                guard change(path, UInt(MS_REMOUNT), bytes) else { throw Failure(number: errno) }
            #endif
        }

        static func unmount(_ path: String) {
            #if os(Linux)
                unsafe umount2(path, Int32(MNT_DETACH))
            #endif
        }

        private static func change(_ path: String, _ flags: UInt, _ bytes: Int) -> Bool {
            #if os(Linux)
                unsafe Array("size=\(bytes)".utf8CString).withUnsafeBytes { options in
                    unsafe Glibc.mount("none", path, "tmpfs", flags, options.baseAddress) == 0
                }
            #else
                false
            #endif
        }

        /// Writes a file that takes all the room that is left.
        static func fill(_ path: String) throws {
            let file = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
            guard file >= 0 else { throw Failure(number: errno) }
            defer { close(file) }
            let page = [UInt8](repeating: 1, count: 4096)
            while unsafe page.withUnsafeBytes({ unsafe write(file, $0.baseAddress, $0.count) }) > 0 {}
            guard errno == ENOSPC else { throw Failure(number: errno) }
        }
    }
#endif
