#if Files
    import CMillraceJSON

    /// Makes attributes of data, where data is an object that attributes can stand for exactly.
    struct XESAttributes: ~Copyable {
        private struct Impossible: Error {}

        private let keys = XESKeys()

        /// The attributes that reading makes these very bytes of; `nil` when there are none.
        func attributes(for data: [UInt8]) -> [XESAttribute]? {
            if data.isEmpty { return [] }
            guard let attributes = try? unsafe data.withUnsafeBytes({ try unsafe fields(of: $0) }), !attributes.isEmpty,
                attributes.allSatisfy({ !hasMeaning($0.key) })
            else { return nil }
            var text = AttributeText()
            for attribute in attributes { attribute.write(to: &text) }
            text.ended()
            let written = [UInt8(ascii: "{")] + text.json.bytes + [UInt8(ascii: "}")]
            return written == data ? attributes : nil
        }

        /// Whether the reader takes an attribute of this key for something else than data.
        func hasMeaning(_ key: String) -> Bool {
            var key = key
            return key.withUTF8 { unsafe keys.meaning(of: UnsafeRawBufferPointer($0)) != nil }
        }

        private func fields(of object: UnsafeRawBufferPointer) throws -> [XESAttribute] {
            // Each object is taken apart by a reader of its own, since what a reader hands out is valid until it reads again.
            try unsafe JSONReader().copiedFields(of: object) { fields in
                var found: [XESAttribute] = []
                for place in 0..<fields.count { unsafe found += try attributes(for: fields[place]) }
                return found
            }
        }

        private func attributes(for field: millrace_json_field) throws -> [XESAttribute] {
            let key = unsafe field.nameString
            let text = unsafe field.textString
            switch unsafe field.kind {
            case millrace_json_string: return [XESAttribute(kind: .string, key: key, value: text)]
            case millrace_json_boolean: return [XESAttribute(kind: .boolean, key: key, value: text)]
            case millrace_json_number:
                let isWhole = text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }
                return [XESAttribute(kind: isWhole ? .int : .float, key: key, value: text)]
            case millrace_json_object: return [try unsafe nested(key, field.rawBytes)]
            case millrace_json_array: return try unsafe elements(key, field.rawBytes)
            default: throw Impossible()
            }
        }

        /// A container, or an attribute that has attributes.
        private func nested(_ key: String, _ object: UnsafeRawBufferPointer) throws -> XESAttribute {
            let fields = try unsafe fields(of: object)
            if fields.count == 2, fields[0].key == "value", fields[1].key == "attributes", fields[1].kind == .container
            {
                var attribute = fields[0]
                attribute.key = key
                attribute.children += fields[1].children
                return attribute
            }
            return XESAttribute(kind: .container, key: key, value: "", children: fields)
        }

        /// A list, if all elements are objects of one field; otherwise an attribute that comes more than once.
        private func elements(_ key: String, _ array: UnsafeRawBufferPointer) throws -> [XESAttribute] {
            var attributes: [XESAttribute] = []
            for element in unsafe Self.elements(of: array) {
                var object = Array("{\"\":".utf8)
                object += element
                object.append(UInt8(ascii: "}"))
                attributes += try unsafe object.withUnsafeBytes { try unsafe fields(of: $0) }
            }
            if attributes.allSatisfy({ $0.kind == .container && $0.children.count == 1 }) {
                return [XESAttribute(kind: .list, key: key, value: "", children: attributes.flatMap(\.children))]
            }
            return attributes.map { attribute in
                var attribute = attribute
                attribute.key = key
                return attribute
            }
        }

        /// The elements' texts of an array, which is known to be well-formed.
        private static func elements(of array: UnsafeRawBufferPointer) -> [ArraySlice<UInt8>] {
            let inner = unsafe [UInt8](array)[1..<(array.count - 1)]
            var elements: [ArraySlice<UInt8>] = []
            var first = inner.startIndex
            var depth = 0
            var isQuoted = false
            var isEscaped = false
            for place in inner.indices {
                switch inner[place] {
                case _ where isEscaped: isEscaped = false
                case UInt8(ascii: "\\") where isQuoted: isEscaped = true
                case UInt8(ascii: "\""): isQuoted.toggle()
                case _ where isQuoted: break
                case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
                case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
                case UInt8(ascii: ",") where depth == 0:
                    elements.append(inner[first..<place])
                    first = place + 1
                default: break
                }
            }
            let last = inner[first...]
            return elements.isEmpty && last.allSatisfy({ $0 == 0x20 }) ? [] : elements + [last]
        }
    }
#endif
