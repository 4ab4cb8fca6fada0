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

        /// - Parameters:
        ///   - path: the file's name as SQLite has made it out, since its log has that name.
        ///   - handle: a connection that hasn't read anything yet.
        /// - Throws: what SQLite reports of files that aren't its own, or are damaged. A file that is new, that is empty or that
        ///   can't be read is left to SQLite.
        static func check(_ path: String, opened handle: OpaquePointer) throws(SQLiteError) {
            // While there is a log, the file is what a checkpoint has left.
            let hasLog = size(of: path + "-wal") > 0
            // The size comes first: another process may be writing the first page just now, and what a size counts is there.
            let size = size(of: path)
            guard size > 0 else { return }
            guard let header = size < smallestPage ? [] : unsafe read(18, of: handle) else { return }
            guard header.prefix(magic.count).elementsEqual(magic) else {
                throw SQLiteError(code: SQLITE_NOTADB, message: "file is not a database")
            }
            let page = Int(header[16]) << 8 | Int(header[17])
            // 65,536 doesn't fit, and is written as 1.
            if !hasLog, page == 1 ? size % 65_536 != 0 : page >= smallestPage && size % page != 0 {
                throw SQLiteError(code: SQLITE_CORRUPT, message: "its last page is cut off")
            }
        }

        /// Zero when there is no such file.
        private static func size(of path: String) -> Int {
            var status = stat()
            return unsafe stat(path, &status) == 0 ? Int(status.st_size) : 0
        }

        /// The first bytes of a file that has as many; `nil` when they can't be read.
        ///
        /// They are read by way of SQLite: were the file opened a second time and closed, the system would let go of every lock
        /// that this process has on it, those of other connections included.
        private static func read(_ count: Int, of handle: OpaquePointer) -> [UInt8]? {
            var opened: UnsafeMutablePointer<sqlite3_file>?
            let found = unsafe sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &opened)
            guard found == SQLITE_OK, let file = unsafe opened, let methods = unsafe file.pointee.pMethods else {
                return nil
            }
            var bytes = [UInt8](repeating: 0, count: count)
            let result = unsafe bytes.withUnsafeMutableBytes {
                unsafe methods.pointee.xRead?(file, $0.baseAddress, Int32(count), 0)
            }
            return result == SQLITE_OK ? bytes : nil
        }
    }
#endif
