#if SQLite
    import CSQLite

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Looks at a file before SQLite does, which takes any file of a few bytes for an empty one of its own and writes over it,
    /// and reads what is missing of a last page as zeros.
    ///
    /// The layout is that of <https://www.sqlite.org/fileformat2.html>.
    enum FileShape {
        private static let magic = Array("SQLite format 3\0".utf8)
        private static let smallestPage = 512

        /// - Throws: what SQLite reports of files that aren't its own, or are damaged. A file that isn't there, that is empty or that
        ///   can't be read is left to SQLite.
        static func check(_ path: String) throws(SQLiteError) {
            // While there is a log, the file is what a checkpoint has left.
            let hasLog = (read(0, of: path + "-wal")?.size ?? 0) > 0
            guard let (size, header) = read(18, of: path), size > 0 else { return }
            guard size >= smallestPage, header.prefix(magic.count).elementsEqual(magic) else {
                throw SQLiteError(code: SQLITE_NOTADB, message: "file is not a database")
            }
            let page = Int(header[16]) << 8 | Int(header[17])
            // 65,536 doesn't fit, and is written as 1.
            if !hasLog, page == 1 ? size % 65_536 != 0 : page >= smallestPage && size % page != 0 {
                throw SQLiteError(code: SQLITE_CORRUPT, message: "its last page is cut off")
            }
        }

        /// The size of a file, and as many of its bytes, with zeros behind its end.
        ///
        /// - Returns: `nil` when it can't be read.
        private static func read(_ count: Int, of path: String) -> (size: Int, bytes: [UInt8])? {
            // What isn't a file might keep us waiting.
            let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard file >= 0 else { return nil }
            defer { close(file) }
            var bytes = [UInt8](repeating: 0, count: count)
            let isRead = unsafe bytes.withUnsafeMutableBytes { unsafe pread(file, $0.baseAddress, $0.count, 0) >= 0 }
            return isRead ? (Int(lseek(file, 0, SEEK_END)), bytes) : nil
        }
    }
#endif
