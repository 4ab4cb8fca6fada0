#if SQLite
    import ActorProcessing
    import CSQLite

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Copies a store's file into a new one, whatever is written meanwhile.
    struct FileCopy {
        let path: String
        let copy: String
        let configuration: SQLiteConfiguration

        func make() throws(StoreError) {
            try takePlace()
            do {
                let connection = try Connection(path, .reading, configuration: configuration)
                // The copy is written.
                try connection.execute("PRAGMA query_only = OFF")
                let statement = try connection.statement("VACUUM INTO ?")
                statement.bind(copy, at: 1)
                try statement.run()
            } catch {
                unsafe unlink(copy)
                let isSource = [SQLITE_CORRUPT, SQLITE_NOTADB].contains(error.primaryCode)
                throw StoreError(error, path: isSource ? path : copy, busyTimeout: configuration.busyTimeout)
            }
        }

        /// Makes an empty file, where there has been none.
        private func takePlace() throws(StoreError) {
            let descriptor = unsafe open(copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
            guard descriptor >= 0 else {
                throw StoreError(
                    .inaccessible,
                    "a copy of \(path) can't be put at \(copy), \(unsafe String(cString: strerror(errno))): its folder has to "
                        + "exist, and the copy must not")
            }
            close(descriptor)
        }
    }
#endif
