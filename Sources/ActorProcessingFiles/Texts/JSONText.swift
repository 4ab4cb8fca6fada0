#if Files

    /// JSON as it is written: a growing text in UTF-8.
    struct JSONText {
        private(set) var bytes: [UInt8] = []

        mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

        mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

        mutating func truncate(to count: Int) { bytes.removeLast(bytes.count - count) }

        mutating func insert(_ text: StaticString, at place: Int) {
            unsafe bytes.insert(
                contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount), at: place)
        }

        /// Text that is JSON already.
        mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

        mutating func raw(_ text: StaticString) {
            unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        }

        mutating func raw(_ text: UnsafeRawBufferPointer) { unsafe bytes.append(contentsOf: text) }

        mutating func raw(_ text: [UInt8]) { bytes.append(contentsOf: text) }

        mutating func byte(_ byte: UInt8) { bytes.append(byte) }

        /// A string, with quotes around it.
        mutating func string(_ text: String) {
            var text = text
            text.withUTF8 { unsafe string(UnsafeRawBufferPointer($0)) }
        }

        /// A string of UTF-8, with quotes around it.
        ///
        /// - Parameter prefix: what it begins with; nothing that needs escapes.
        mutating func string(_ text: UnsafeRawBufferPointer, prefix: StaticString = "") {
            bytes.append(UInt8(ascii: "\""))
            raw(prefix)
            if unsafe Self.isPlain(text) {
                unsafe bytes.append(contentsOf: text)
            } else {
                for place in 0..<text.count { unsafe escape(text[place]) }
            }
            bytes.append(UInt8(ascii: "\""))
        }

        private static func isPlain(_ text: UnsafeRawBufferPointer) -> Bool {
            for place in 0..<text.count {
                let byte = unsafe text[place]
                if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return false }
            }
            return true
        }

        private mutating func escape(_ byte: UInt8) {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x0A: raw("\\n" as StaticString)
            case 0x0D: raw("\\r" as StaticString)
            case 0x09: raw("\\t" as StaticString)
            case ..<0x20:
                raw(byte < 0x10 ? "\\u000" : "\\u00" as StaticString)
                raw(String(byte, radix: 16))
            default: bytes.append(byte)
            }
        }
    }
#endif
