#if Files
    public import ActorProcessing

    /// Writes events as ``NDJSONFeed`` reads them: one line of JSON for each.
    ///
    /// Data that is JSON without line ends stands in the line as it is; other data as base64. Writing blocks the calling
    /// thread: it is no work for a shard. What has been written is complete only after ``finish()``.
    public struct NDJSONWriter: ~Copyable {
        /// How an event is written.
        public enum Form: Sendable, Hashable {
            /// The library's own form.
            case plain
            /// CloudEvents 1.0. An event without an id gets its stream's name and its index as one; metadata become attributes,
            /// whose names must consist of small letters and digits, and `source` is the given one unless they have one.
            case cloudEvents(source: String)
        }

        private var output: OutputFile
        private let form: Form
        private let reader = JSONReader()

        /// A writer that begins anew.
        ///
        /// - Throws: ``FileFeedError`` of code ``FileFeedError/Code/unwritable``, as everything here.
        public init(to destination: FileDestination, form: Form = .plain) throws(FileFeedError) {
            output = try OutputFile(destination)
            self.form = form
        }

        /// Adds an event.
        public mutating func write(_ event: Event) throws(FileFeedError) {
            if event.isRejected {
                throw output.problem("\(event)", "it is only the place of an event that couldn't be read")
            }
            switch form {
            case .plain: writePlain(event)
            case .cloudEvents(let source): try writeCloudEvent(event, source)
            }
            try output.added()
        }

        /// Writes out what is left.
        public mutating func finish() throws(FileFeedError) { try output.flush() }

        private mutating func writePlain(_ event: Event) {
            output.text.raw("{\"stream\":" as StaticString)
            output.text.string(event.stream.value)
            output.text.raw(",\"index\":\(event.index),\"type\":")
            output.text.string(event.type)
            writeData(event)
            if let time = event.time { output.text.field("time", TimestampText.text(time)) }
            if let id = event.id { output.text.field("id", id) }
            let metadata = event.metadata
            if !metadata.isEmpty {
                output.text.raw(",\"metadata\":{" as StaticString)
                for (place, entry) in metadata.sorted(by: { $0.key < $1.key }).enumerated() {
                    if place > 0 { output.text.byte(UInt8(ascii: ",")) }
                    output.text.string(entry.key)
                    output.text.byte(UInt8(ascii: ":"))
                    output.text.string(entry.value)
                }
                output.text.byte(UInt8(ascii: "}"))
            }
            if let id = event.correlationID { output.text.field("correlationId", id) }
            if let id = event.causationID { output.text.field("causationId", id) }
            output.text.raw("}\n" as StaticString)
        }

        private mutating func writeCloudEvent(_ event: Event, _ source: String) throws(FileFeedError) {
            var attributes = event.metadata
            for name in attributes.keys {
                let isFree = !["specversion", "id", "type", "subject", "time", "data", "sequence"].contains(name)
                guard isFree, !name.isEmpty,
                    name.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) })
                else {
                    throw output.problem(
                        "\(event)",
                        "'\(name)' in its metadata is no name for an attribute of a CloudEvent; write the plain form")
                }
            }
            output.text.raw("{\"specversion\":\"1.0\"" as StaticString)
            output.text.field("id", event.id ?? "\(event.stream)#\(event.index)")
            output.text.field("source", attributes.removeValue(forKey: "source") ?? source)
            output.text.field("type", event.type)
            output.text.field("subject", event.stream.value)
            output.text.field("sequence", "\(event.index)")
            if let time = event.time { output.text.field("time", TimestampText.text(time)) }
            if let id = event.correlationID { output.text.field("correlationid", id) }
            if let id = event.causationID { output.text.field("causationid", id) }
            for (name, value) in attributes.sorted(by: { $0.key < $1.key }) { output.text.field(name, value) }
            writeData(event)
            output.text.raw("}\n" as StaticString)
        }

        private mutating func writeData(_ event: Event) {
            if event.dataCount == 0 { return }
            let data = event.data
            if reader.isValue(data) {
                output.text.raw(",\"data\":" as StaticString)
                output.text.raw(data)
            } else {
                output.text.field("data_base64", Base64.encode(data))
            }
        }
    }

    extension JSONText {
        /// A further field of an object, a string.
        mutating func field(_ name: String, _ value: String) {
            byte(UInt8(ascii: ","))
            string(name)
            byte(UInt8(ascii: ":"))
            string(value)
        }
    }

    extension JSONReader {
        /// Whether bytes are a value of JSON that can stand in a line as it is, with nothing around it.
        func isValue(_ bytes: [UInt8]) -> Bool {
            if bytes.contains(0x0A) || bytes.contains(0x0D) { return false }
            var object: [UInt8] = Array("{\"\":".utf8)
            object += bytes
            object.append(UInt8(ascii: "}"))
            let found = try? unsafe object.withUnsafeBytes { object in
                try unsafe copiedFields(of: object) { fields in
                    unsafe fields.count == 1 && fields[0].rawBytes.elementsEqual(bytes)
                }
            }
            return found ?? false
        }
    }
#endif
