#if Files

    /// An attribute of an event log, with those that it has itself.
    struct XESAttribute: Hashable {
        var kind: XESAttributeKind
        var key: String
        /// Empty for lists and containers.
        var value: String
        var children: [XESAttribute] = []

        /// Writes it as XML, if XML has all of its characters.
        func write(to text: inout JSONText) -> Bool {
            guard XMLText.isPossible(key), XMLText.isPossible(value) else { return false }
            text.raw("<\(kind) key=\"")
            XMLText.write(key, to: &text)
            if kind != .list, kind != .container {
                text.raw("\" value=\"" as StaticString)
                XMLText.write(value, to: &text)
            }
            if children.isEmpty {
                text.raw("\"/>" as StaticString)
                return true
            }
            text.raw("\">" as StaticString)
            if kind == .list { text.raw("<values>" as StaticString) }
            for child in children where !child.write(to: &text) { return false }
            if kind == .list { text.raw("</values>" as StaticString) }
            text.raw("</\(kind)>")
            return true
        }

        /// Writes it as the reader does.
        func write(to text: inout AttributeText) {
            var key = key
            key.withUTF8 { key in
                unsafe text.attributeStarted(kind, key: UnsafeRawBufferPointer(key)) { json in
                    var value = value
                    value.withUTF8 { _ = unsafe XESValue.write(kind, UnsafeRawBufferPointer($0), to: &json) }
                }
            }
            for child in children { child.write(to: &text) }
            text.attributeEnded()
        }
    }

    /// Text as XML's attributes take it.
    enum XMLText {
        /// Whether XML 1.0 has all of the characters.
        static func isPossible(_ text: String) -> Bool {
            text.unicodeScalars.allSatisfy { scalar in
                switch scalar.value {
                case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...: true
                default: false
                }
            }
        }

        static func write(_ text: String, to output: inout JSONText) {
            for byte in text.utf8 {
                switch byte {
                case UInt8(ascii: "&"): output.raw("&amp;" as StaticString)
                case UInt8(ascii: "<"): output.raw("&lt;" as StaticString)
                case UInt8(ascii: ">"): output.raw("&gt;" as StaticString)
                case UInt8(ascii: "\""): output.raw("&quot;" as StaticString)
                // Written as they are, they would be read as spaces.
                case 0x09: output.raw("&#9;" as StaticString)
                case 0x0A: output.raw("&#10;" as StaticString)
                case 0x0D: output.raw("&#13;" as StaticString)
                default: output.byte(byte)
                }
            }
        }
    }
#endif
