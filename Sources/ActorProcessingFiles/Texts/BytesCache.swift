#if Files

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Remembers what was made of texts that come again and again. Each text has one place; the last one there stays.
    struct BytesCache<Value> {
        private struct Entry {
            var key: [UInt8]
            var value: Value
        }

        private static var size: Int { 256 }
        /// Longer texts aren't worth keeping.
        private static var longest: Int { 4096 }

        private var entries = [Entry?](repeating: nil, count: BytesCache.size)

        /// What was made of `text`, or what `make` makes of it now.
        mutating func value<Failure>(
            for text: UnsafeRawBufferPointer, _ make: () throws(Failure) -> Value
        ) throws(Failure) -> Value {
            guard text.count <= Self.longest else { return try make() }
            let place = unsafe Self.place(of: text)
            if let entry = entries[place], unsafe Self.equals(entry.key, text) { return entry.value }
            let value = try make()
            entries[place] = unsafe Entry(key: [UInt8](text), value: value)
            return value
        }

        /// FNV-1a, folded.
        private static func place(of text: UnsafeRawBufferPointer) -> Int {
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for place in 0..<text.count { hash = (hash ^ UInt64(unsafe text[place])) &* 0x0000_0100_0000_01B3 }
            return Int((hash ^ hash >> 32) & UInt64(size - 1))
        }

        private static func equals(_ key: [UInt8], _ text: UnsafeRawBufferPointer) -> Bool {
            guard key.count == text.count else { return false }
            guard let base = text.baseAddress else { return true }
            return unsafe key.withUnsafeBytes { key in unsafe memcmp(key.baseAddress!, base, text.count) == 0 }
        }
    }

    extension BytesCache<String> {
        /// The text as a string.
        mutating func string(_ text: UnsafeRawBufferPointer) -> String {
            unsafe value(for: text) { unsafe String(decoding: text, as: UTF8.self) }
        }
    }
#endif
