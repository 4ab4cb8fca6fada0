#if Files

    /// Bytes as text, by RFC 4648, section 4.
    enum Base64 {
        private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

        private static let values: [UInt8] = {
            var values = [UInt8](repeating: .max, count: 256)
            for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
            return values
        }()

        static func encode(_ bytes: [UInt8]) -> String {
            var text: [UInt8] = []
            text.reserveCapacity((bytes.count + 2) / 3 * 4)
            for first in stride(from: 0, to: bytes.count, by: 3) {
                let group = bytes[first..<min(bytes.count, first + 3)]
                var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                bits <<= UInt32(8 * (3 - group.count))
                for place in 0..<4 {
                    let value = Int(bits >> UInt32(18 - 6 * place) & 63)
                    text.append(place <= group.count ? alphabet[value] : UInt8(ascii: "="))
                }
            }
            return String(decoding: text, as: UTF8.self)
        }

        /// The bytes that a text stands for; `nil` when it isn't base64.
        static func decode(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
            guard text.count % 4 == 0 else { return nil }
            var length = text.count
            while length > 0, text.count - length < 2, unsafe text[length - 1] == UInt8(ascii: "=") { length -= 1 }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(length / 4 * 3 + 2)
            var bits: UInt32 = 0
            var count = 0
            for place in 0..<length {
                let value = unsafe values[Int(text[place])]
                guard value != .max else { return nil }
                bits = bits << 6 | UInt32(value)
                count += 6
                if count >= 8 {
                    count -= 8
                    bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
                    bits &= (1 << UInt32(count)) - 1
                }
            }
            // What doesn't fill a byte must be zero, or two texts would stand for the same bytes.
            return bits == 0 ? bytes : nil
        }
    }
#endif
