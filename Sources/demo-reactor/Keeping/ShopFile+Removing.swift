#if SQLite
    import ActorProcessing

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    extension ShopFile {
        /// Removes a run with all that belongs to it, so that another can begin in its place.
        ///
        /// - Throws: ``UsageError`` when the file isn't one of these, and `StoreError` of code `owned` while another process is
        ///   at work on it.
        static func remove(_ path: String) async throws {
            guard exists(path) else { return }
            let file = try await ShopFile(path)
            let isShop = try await file.workload() != nil
            if isShop { try await file.requireIdle() }
            try await file.close()
            guard isShop else {
                throw UsageError(
                    "'\(path)' holds no run of this demonstration, and '--fresh' would remove it: give another path with --state, "
                        + "or move it away")
            }
            for file in [path, receiverPath(path)] {
                for suffix in ["", "-wal", "-shm", "-owners"] {
                    if exists(file + suffix) { try unlink(file + suffix) }
                }
            }
        }

        static func unlink(_ path: String) throws(UsageError) {
            #if canImport(Glibc)
                let result = unsafe Glibc.unlink(path)
            #elseif canImport(Musl)
                let result = unsafe Musl.unlink(path)
            #else
                let result = unsafe Darwin.unlink(path)
            #endif
            if result == 0 { return }
            let reason = unsafe String(cString: strerror(errno))
            throw UsageError("'\(path)' can't be removed, \(reason): remove it yourself")
        }

        static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }
    }
#endif
