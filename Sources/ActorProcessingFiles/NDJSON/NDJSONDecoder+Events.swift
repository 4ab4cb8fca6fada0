#if Files
    import ActorProcessing
    import CMillraceJSON
    import Supervision

    // What a line's event says.
    extension NDJSONDecoder {
        private static let version = Array("1.0".utf8)

        mutating func append(
            _ fields: JSONReader.Fields, name: UnsafeRawBufferPointer, index: Int64?, at position: Int64,
            into builder: inout EventBatch.Builder
        ) throws -> Bool {
            try unsafe checkForm(fields)
            guard let typeText = unsafe try text(.type, fields), unsafe !typeText.isEmpty else {
                throw LineProblem("it has no 'type': add what kind of fact the event is")
            }
            let type = unsafe types.string(typeText)
            let id = try unsafe string(.id, fields)
            let time = try unsafe time(fields)
            var metadata = try unsafe metadata(fields)
            let late = time.flatMap { lateness.eventHappened(at: $0) }
            if let late { metadata[LateEvents.metadataKey] = LateEvents.mark(late) }
            let correlation = try unsafe string(isCloudEvent ? .correlation : .plainCorrelation, fields)
            let causation = try unsafe string(isCloudEvent ? .causation : .plainCausation, fields)
            func append(_ data: UnsafeRawBufferPointer) throws(EventError) {
                try unsafe builder.append(
                    name: name, index: index, type: type, data: data, time: time, id: id, correlationID: correlation,
                    causationID: causation, metadata: metadata, position: position)
            }
            if let decoded = try unsafe decodedData(fields) {
                try unsafe decoded.withUnsafeBytes { data in try unsafe append(data) }
            } else {
                try unsafe append(rawData(fields))
            }
            return late != nil
        }

        private func checkForm(_ fields: JSONReader.Fields) throws(LineProblem) {
            guard isCloudEvent else {
                guard let other = others.first else { return }
                throw unsafe LineProblem(
                    "'\(fields[other].nameString)' is no field of the plain form: leave it out, or put it into 'metadata'"
                )
            }
            guard let version = unsafe try text(.specversion, fields) else {
                throw LineProblem("it has no 'specversion', which every CloudEvent has: add it, or read another form")
            }
            guard unsafe version.elementsEqual(Self.version) else {
                throw unsafe LineProblem(
                    "its CloudEvents version is '\(String(decoding: version, as: UTF8.self))', and only 1.0 can be read: convert it"
                )
            }
            guard unsafe try text(.id, fields).map({ unsafe !$0.isEmpty }) ?? false else {
                throw LineProblem("it has no 'id', which every CloudEvent has: add it")
            }
            guard others.contains(where: { unsafe fields[$0].nameBytes.elementsEqual("source".utf8) }) else {
                throw LineProblem("it has no 'source', which every CloudEvent has: add it")
            }
        }

        private func time(_ fields: JSONReader.Fields) throws(LineProblem) -> Timestamp? {
            guard let text = unsafe try text(.time, fields) else { return nil }
            guard let time = unsafe TimestampText.parse(text) else {
                throw unsafe LineProblem(
                    "'time' is '\(String(decoding: text, as: UTF8.self))': write it as 2026-01-31T12:00:00Z, from 1678 to 2261"
                )
            }
            return time
        }

        /// Data as it stands in the line.
        private func rawData(_ fields: JSONReader.Fields) -> UnsafeRawBufferPointer {
            unsafe field(.data, fields)?.rawBytes ?? UnsafeRawBufferPointer(start: nil, count: 0)
        }

        private func decodedData(_ fields: JSONReader.Fields) throws(LineProblem) -> [UInt8]? {
            guard let text = unsafe try text(.dataBase64, fields) else { return nil }
            guard unsafe field(.data, fields) == nil else {
                throw LineProblem("it has both 'data' and 'data_base64': leave one out")
            }
            guard let data = unsafe Base64.decode(text) else {
                throw LineProblem("'data_base64' is no base64 of RFC 4648")
            }
            return data
        }

        private mutating func metadata(_ fields: JSONReader.Fields) throws -> [String: String] {
            if isCloudEvent { return try unsafe attributes(fields) }
            guard let field = unsafe find(.metadata, fields) else { return [:] }
            guard unsafe field.kind == millrace_json_object else {
                throw LineProblem("'metadata' has to be an object whose values are strings")
            }
            return unsafe try attributes.value(for: field.rawBytes) {
                try unsafe Self.metadata(field.rawBytes)
            }
        }

        private static func metadata(_ object: UnsafeRawBufferPointer) throws -> [String: String] {
            try unsafe JSONReader().copiedFields(of: object) { fields in
                var metadata: [String: String] = [:]
                for number in 0..<fields.count {
                    let name = unsafe fields[number].nameString
                    guard unsafe fields[number].isString else {
                        throw LineProblem("'\(name)' in 'metadata' has to be a string")
                    }
                    guard unsafe metadata.updateValue(fields[number].textString, forKey: name) == nil else {
                        throw LineProblem("'metadata' has '\(name)' twice: leave one out")
                    }
                }
                return metadata
            }
        }

        /// The attributes of a CloudEvent that have no field of their own. They are mostly the same from event to event.
        private mutating func attributes(_ fields: JSONReader.Fields) throws -> [String: String] {
            attributeKey.removeAll(keepingCapacity: true)
            for number in others {
                let name = unsafe fields[number].nameBytes
                attributeKey.append(UInt8(truncatingIfNeeded: name.count))
                unsafe attributeKey.append(contentsOf: name)
                if unsafe name.elementsEqual(streamAttribute) { continue }
                unsafe attributeKey.append(contentsOf: fields[number].rawBytes)
                attributeKey.append(0)
            }
            let (key, others, streamAttribute) = (attributeKey, others, streamAttribute)
            return try unsafe key.withUnsafeBytes { key in
                try unsafe attributes.value(for: key) {
                    try unsafe Self.attributes(fields, others, except: streamAttribute)
                }
            }
        }

        private static func attributes(
            _ fields: JSONReader.Fields, _ numbers: [Int], except streamAttribute: [UInt8]
        ) throws(LineProblem) -> [String: String] {
            var attributes: [String: String] = [:]
            var hasName = false
            for number in numbers {
                let field = unsafe fields[number]
                let name = unsafe field.nameString
                if unsafe field.nameBytes.elementsEqual(streamAttribute) {
                    if hasName { throw LineProblem("it has '\(name)' twice: leave one out") }
                    hasName = true
                    continue
                }
                guard !name.isEmpty, name.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) })
                else {
                    throw LineProblem(
                        "'\(name)' is no attribute of a CloudEvent: names consist of small letters and digits")
                }
                switch unsafe field.kind {
                case millrace_json_null: continue
                case millrace_json_object, millrace_json_array:
                    throw LineProblem("the attribute '\(name)' has to be a string, a number, true or false")
                default:
                    guard unsafe attributes.updateValue(field.textString, forKey: name) == nil else {
                        throw LineProblem("it has '\(name)' twice: leave one out")
                    }
                }
            }
            return attributes
        }
    }
#endif
