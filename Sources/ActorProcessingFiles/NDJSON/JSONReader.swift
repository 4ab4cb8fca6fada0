#if Files
    import CMillraceJSON

    /// Takes JSON objects apart, by simdjson. For one thread.
    @safe struct JSONReader: ~Copyable {
        typealias Fields = UnsafeBufferPointer<millrace_json_field>

        /// How many readable bytes have to follow an object's text.
        static var padding: Int { millrace_json_padding }

        private let reader: OpaquePointer

        init() {
            guard let reader = unsafe millrace_json_reader_create() else {
                preconditionFailure("no memory for a JSON reader")
            }
            unsafe self.reader = reader
        }

        deinit { unsafe millrace_json_reader_destroy(reader) }

        /// The fields of the object that `text` is; they point into it, or to what is valid until the next call.
        ///
        /// ``padding`` bytes behind the text must be readable.
        func fields(of text: UnsafeRawBufferPointer) throws(LineProblem) -> Fields {
            var fields: UnsafePointer<millrace_json_field>?
            let base = unsafe text.baseAddress?.assumingMemoryBound(to: CChar.self)
            let count = unsafe millrace_json_read(reader, base, text.count, &fields)
            guard count >= 0 else { throw problem }
            return unsafe Fields(start: fields, count: Int(count))
        }

        /// The fields of an object that isn't followed by readable bytes.
        func copiedFields<Result>(
            of text: UnsafeRawBufferPointer, _ body: (Fields) throws -> Result
        ) throws -> Result {
            var padded = [UInt8](repeating: 0, count: text.count + Self.padding)
            let length = text.count
            unsafe padded.withUnsafeMutableBytes { unsafe $0.copyMemory(from: text) }
            return try unsafe padded.withUnsafeBytes { padded in
                try unsafe body(fields(of: UnsafeRawBufferPointer(rebasing: padded[..<length])))
            }
        }

        private var problem: LineProblem {
            let reason = unsafe String(cString: millrace_json_error(reader))
            let offset = unsafe millrace_json_error_offset(reader)
            return LineProblem(
                "it is no JSON object: \(reason)" + (offset == .max ? "" : ", at byte \(offset + 1) of the line"))
        }
    }

    extension millrace_json_field {
        /// The name, unescaped.
        var nameBytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: name, count: name_length) }
        /// The value as it stands in the text.
        var rawBytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: raw, count: raw_length) }
        /// A string's characters; other values as they stand in the text.
        var textBytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: text, count: text_length) }

        var isString: Bool { unsafe kind == millrace_json_string }

        var nameString: String { unsafe String(decoding: nameBytes, as: UTF8.self) }
        var textString: String { unsafe String(decoding: textBytes, as: UTF8.self) }
    }
#endif
