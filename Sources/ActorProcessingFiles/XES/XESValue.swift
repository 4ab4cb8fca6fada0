#if Files

    /// Values of attributes as JSON.
    enum XESValue {
        /// Writes a value.
        ///
        /// - Returns: whether the text is a value of this type; if not, it is written as a string.
        static func write(_ kind: XESAttributeKind, _ text: UnsafeRawBufferPointer, to json: inout JSONText) -> Bool {
            switch kind {
            case .string, .date, .id, .list, .container:
                unsafe json.string(text)
                return true
            case .boolean:
                return unsafe writeBoolean(text, to: &json)
            case .int:
                if unsafe isInteger(text) {
                    unsafe json.raw(text)
                    return true
                }
                return unsafe writeOtherInteger(text, to: &json)
            case .float:
                if unsafe isFloat(text) {
                    unsafe json.raw(text)
                    return true
                }
                return unsafe writeOtherFloat(text, to: &json)
            }
        }

        private static func writeBoolean(_ text: UnsafeRawBufferPointer, to json: inout JSONText) -> Bool {
            if unsafe text.elementsEqual("true".utf8) || text.elementsEqual("1".utf8) {
                json.raw("true" as StaticString)
            } else if unsafe text.elementsEqual("false".utf8) || text.elementsEqual("0".utf8) {
                json.raw("false" as StaticString)
            } else {
                unsafe json.string(text)
                return false
            }
            return true
        }

        /// XML Schema allows signs, zeros and white space that JSON doesn't.
        private static func writeOtherInteger(_ text: UnsafeRawBufferPointer, to json: inout JSONText) -> Bool {
            var digits = unsafe trimmed(text)
            let isNegative = digits.first == UInt8(ascii: "-")
            if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
            guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
                unsafe json.string(text)
                return false
            }
            digits = digits.drop { $0 == 0x30 }
            if digits.isEmpty {
                json.byte(0x30)
            } else {
                if isNegative { json.byte(UInt8(ascii: "-")) }
                json.raw([UInt8](digits))
            }
            return true
        }

        /// What isn't finite has no number in JSON: it is written as a string.
        private static func writeOtherFloat(_ text: UnsafeRawBufferPointer, to json: inout JSONText) -> Bool {
            let plain = unsafe String(decoding: trimmed(text), as: UTF8.self)
            switch plain {
            case "NaN", "INF", "-INF", "+INF":
                json.string(plain)
                return true
            default:
                guard plain.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let number = Double(plain),
                    number.isFinite
                else {
                    unsafe json.string(text)
                    return false
                }
                json.raw("\(number)")
                return true
            }
        }

        private static func trimmed(_ text: UnsafeRawBufferPointer) -> ArraySlice<UInt8> {
            let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
            let bytes = unsafe [UInt8](text)[...].drop(while: isSpace)
            return bytes.prefix(upTo: (bytes.lastIndex { !isSpace($0) } ?? bytes.startIndex - 1) + 1)
        }

        /// Whether a text is a whole number as JSON writes it.
        private static func isInteger(_ text: UnsafeRawBufferPointer) -> Bool {
            var place = 0
            return unsafe passInteger(text, &place) && place == text.count
        }

        private static func isFloat(_ text: UnsafeRawBufferPointer) -> Bool {
            var place = 0
            guard unsafe passInteger(text, &place) else { return false }
            if place < text.count, unsafe text[place] == UInt8(ascii: ".") {
                place += 1
                guard unsafe passDigits(text, &place) else { return false }
            }
            if place < text.count, unsafe text[place] | 0x20 == UInt8(ascii: "e") {
                place += 1
                if place < text.count, unsafe text[place] == UInt8(ascii: "+") || text[place] == UInt8(ascii: "-") {
                    place += 1
                }
                guard unsafe passDigits(text, &place) else { return false }
            }
            return place == text.count
        }

        private static func passInteger(_ text: UnsafeRawBufferPointer, _ place: inout Int) -> Bool {
            if place < text.count, unsafe text[place] == UInt8(ascii: "-") { place += 1 }
            let first = place
            guard unsafe passDigits(text, &place) else { return false }
            return unsafe text[first] != 0x30 || place == first + 1
        }

        private static func passDigits(_ text: UnsafeRawBufferPointer, _ place: inout Int) -> Bool {
            let first = place
            while place < text.count, unsafe text[place] &- 0x30 <= 9 { place += 1 }
            return place > first
        }
    }
#endif
