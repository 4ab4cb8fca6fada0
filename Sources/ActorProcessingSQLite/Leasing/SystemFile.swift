#if SQLite
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// What the system tells in small files of its own.
    enum SystemFile {
        /// The text of a file; `nil` when it can't be read.
        static func text(_ path: String) -> String? {
            let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { return nil }
            defer { close(descriptor) }
            var bytes: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: 16_384)
            while true {
                let count = unsafe piece.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
                if count == 0 { return String(decoding: bytes, as: UTF8.self) }
                if count < 0 {
                    if errno == EINTR { continue }
                    return nil
                }
                bytes += piece[..<count]
            }
        }
    }
#endif
