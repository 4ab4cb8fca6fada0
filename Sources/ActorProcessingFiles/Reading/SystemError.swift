#if Files

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// What a system call has set `errno` to.
    struct SystemError: Error {
        let number: Int32

        static var last: SystemError { SystemError(number: errno) }

        var isInterruption: Bool { number == EINTR }

        var text: String {
            var buffer = [CChar](repeating: 0, count: 256)
            // The call writes a terminated text into the buffer, whose length it knows; its result is of no use.
            _ = unsafe buffer.withUnsafeMutableBufferPointer { unsafe strerror_r(number, $0.baseAddress!, $0.count) }
            let text = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            return text.isEmpty ? "error \(number)" : String(decoding: text, as: UTF8.self)
        }
    }
#endif
