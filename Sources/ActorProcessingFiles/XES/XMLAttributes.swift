#if Files

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// The XML attributes of an element, as libxml2 hands them over: valid during the call.
    @safe struct XMLAttributes {
        /// Five pointers for each: local name, prefix, URI, the value's first byte, the byte behind it.
        private let pointers: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
        private let count: Int

        init(_ pointers: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, count: Int) {
            unsafe self.pointers = unsafe pointers
            self.count = count
        }

        /// The value of an attribute.
        func value(of name: StaticString) -> UnsafeRawBufferPointer? {
            guard let pointers = unsafe pointers else { return nil }
            for number in 0..<count {
                let entry = unsafe pointers + 5 * number
                guard let found = unsafe entry[0], let start = unsafe entry[3], let end = unsafe entry[4] else {
                    continue
                }
                if unsafe strcmp(
                    UnsafeRawPointer(found).assumingMemoryBound(to: CChar.self),
                    UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
                {
                    return unsafe UnsafeRawBufferPointer(start: start, count: end - start)
                }
            }
            return nil
        }

        /// The value of an attribute as a string.
        func string(_ name: StaticString) -> String? {
            unsafe value(of: name).map { unsafe String(decoding: $0, as: UTF8.self) }
        }
    }
#endif
