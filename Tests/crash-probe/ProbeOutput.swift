#if SQLite
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Standard output, unbuffered: what was written is there also when the process is killed.
    enum ProbeOutput {
        static func write(_ text: String) {
            var text = text
            text.withUTF8 { bytes in
                #if canImport(Glibc)
                    _ = unsafe Glibc.write(STDOUT_FILENO, bytes.baseAddress, bytes.count)
                #elseif canImport(Musl)
                    _ = unsafe Musl.write(STDOUT_FILENO, bytes.baseAddress, bytes.count)
                #else
                    _ = unsafe Darwin.write(STDOUT_FILENO, bytes.baseAddress, bytes.count)
                #endif
            }
        }
    }
#endif
