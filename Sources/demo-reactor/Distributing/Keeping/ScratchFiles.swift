#if SQLite
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// The files of a play. In a folder of their own they go when it has ended well.
    struct ScratchFiles: Sendable {
        /// The file that the nodes meet in; the names of the others begin with it.
        let state: String
        private let folder: String?

        /// - Parameter state: where; `nil` for a new folder in the system's one for temporary files.
        /// - Throws: ``UsageError`` when there is such a file.
        init(_ state: String?) throws(UsageError) {
            if let state {
                guard !ShopFile.exists(state) else {
                    throw UsageError(
                        "there is a file '\(state)' already, and 'distributed' begins anew: remove it, or give another with --state"
                    )
                }
                self.state = state
                folder = nil
                return
            }
            let base = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
            var template = Array("\(base)/millrace-XXXXXX".utf8CString)
            guard unsafe mkdtemp(&template) != nil else {
                throw UsageError(
                    "no folder can be made in '\(base)': set TMPDIR to one that can be written, or give --state")
            }
            let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            self.folder = folder
            self.state = "\(folder)/shop.sqlite"
        }

        /// Removes the folder that was made for them; what is elsewhere stays.
        ///
        /// - Returns: whether there was one.
        func remove() throws(UsageError) -> Bool {
            guard let folder else { return false }
            for file in try Self.list(folder) { try ShopFile.unlink("\(folder)/\(file)") }
            guard unsafe rmdir(folder) == 0 else {
                throw UsageError("'\(folder)' can't be removed: remove it yourself")
            }
            return true
        }

        private static func list(_ folder: String) throws(UsageError) -> [String] {
            guard let directory = unsafe opendir(folder) else {
                throw UsageError("'\(folder)' can't be read: remove what is in it yourself")
            }
            defer { unsafe closedir(directory) }
            var names: [String] = []
            while let entry = unsafe readdir(directory) {
                let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name != ".", name != ".." { names.append(name) }
            }
            return names
        }
    }
#endif
