#if Files
    import CMillraceJSON

    // Which event of which stream a line is.
    extension NDJSONDecoder {
        func streamName(_ fields: JSONReader.Fields) throws(LineProblem) -> UnsafeRawBufferPointer {
            let name: UnsafeRawBufferPointer
            if isCloudEvent {
                guard let place = others.first(where: { unsafe fields[$0].nameBytes.elementsEqual(streamAttribute) })
                else {
                    throw LineProblem(
                        "it has no '\(attributeName)', which holds the stream's name: add it, or set streamAttribute to what does"
                    )
                }
                guard unsafe fields[place].isString else { throw LineProblem("'\(attributeName)' has to be a string") }
                unsafe name = unsafe fields[place].textBytes
            } else {
                guard let stream = unsafe try text(.stream, fields) else {
                    throw LineProblem("it has no 'stream': add the name of the event's stream")
                }
                unsafe name = unsafe stream
            }
            try unsafe Self.check(name: name)
            return unsafe name
        }

        private var attributeName: String { String(decoding: streamAttribute, as: UTF8.self) }

        /// A category, a dash, an id.
        static func check(name: UnsafeRawBufferPointer) throws(LineProblem) {
            for place in 0..<name.count where unsafe name[place] == UInt8(ascii: "-") {
                if place > 0, place < name.count - 1 { return }
                break
            }
            throw unsafe LineProblem(
                "'\(String(decoding: name, as: UTF8.self))' is not a stream name: write a category, a dash and an id, for example 'Order-4711'"
            )
        }

        func index(_ fields: JSONReader.Fields) throws(LineProblem) -> Int64? {
            let field: LineField = isCloudEvent ? .sequence : .index
            guard let found = unsafe find(field, fields) else {
                if !needsIndex { return nil }
                throw LineProblem(
                    "it has no '\(field.name)', the event's place in its stream: add it, or read with the ordering `arrival`"
                )
            }
            // CloudEvents extensions have no whole numbers of this size, so that a string stands for one.
            guard unsafe found.kind == millrace_json_number || (isCloudEvent && found.isString),
                let index = unsafe Self.wholeNumber(found.textBytes)
            else {
                throw unsafe LineProblem(
                    "'\(field.name)' is \(String(decoding: found.rawBytes.prefix(40), as: UTF8.self)): "
                        + "it has to be a whole number, 0 or more and less than 2^63")
            }
            return index
        }

        private static func wholeNumber(_ text: UnsafeRawBufferPointer) -> Int64? {
            guard text.count > 0, text.count <= 19 else { return nil }
            var number: UInt64 = 0
            for place in 0..<text.count {
                let digit = unsafe text[place] &- UInt8(ascii: "0")
                guard digit <= 9 else { return nil }
                number = number * 10 + UInt64(digit)
            }
            return Int64(exactly: number)
        }
    }
#endif
