#if SQLite
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// A place for a database, in the directory for temporary files.
    struct TemporaryDatabase {
        let path: String

        init(_ name: String = "durable") {
            let directory = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
            path = "\(directory)/bench-reactor-\(getpid())-\(name).sqlite"
            remove()
        }

        /// Removes it with what SQLite keeps beside it.
        func remove() {
            for end in ["", "-wal", "-shm", "-owners"] { unsafe unlink(path + end) }
        }

        /// Its size, without the log.
        var bytes: Int {
            var status = stat()
            return unsafe stat(path, &status) == 0 ? Int(status.st_size) : 0
        }
    }
#endif
