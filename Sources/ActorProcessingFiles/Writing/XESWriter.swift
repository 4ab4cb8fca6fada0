#if Files
    public import ActorProcessing

    /// Writes an event log as ``XESFeed`` reads it: one trace for each stream.
    ///
    /// Data that attributes can stand for exactly becomes attributes; other data goes into one attribute of the library's own,
    /// as text or in base64. What the standard has no place for has attributes of the library's own, too: the whole name of
    /// the stream, metadata, and the ids of correlation and causation. Fields of the data whose names begin with `case:` and
    /// which all of a stream's events begin with become attributes of the trace.
    ///
    /// Writing blocks the calling thread: it is no work for a shard. A log is complete only after ``finish()``.
    public struct XESWriter: ~Copyable {
        private static let casePrefix = "case:"

        private var output: OutputFile
        private let attributes = XESAttributes()

        /// A writer that begins a new log.
        ///
        /// - Throws: ``FileFeedError`` of code ``FileFeedError/Code/unwritable``, as everything here.
        public init(to destination: FileDestination) throws(FileFeedError) {
            output = try OutputFile(destination)
            output.text.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
            output.text.raw(
                "<log xes.version=\"1849-2016\" xes.features=\"nested-attributes\" xmlns=\"http://www.xes-standard.org/\">\n"
            )
            for (name, prefix) in [("Concept", "concept"), ("Time", "time"), ("Identity", "identity")] {
                output.text.raw(
                    "<extension name=\"\(name)\" prefix=\"\(prefix)\" uri=\"http://www.xes-standard.org/\(prefix).xesext\"/>\n"
                )
            }
        }

        /// Adds a trace: all events of one stream, in the order of their indices, the first with index 0.
        public mutating func write(_ events: some Collection<Event>) throws(FileFeedError) {
            guard let stream = events.first?.stream else { return }
            for (place, event) in events.enumerated() {
                if event.isRejected {
                    throw output.problem("\(event)", "it is only the place of an event that couldn't be read")
                }
                guard event.stream == stream, event.index == Int64(place) else {
                    throw output.problem(
                        "\(event)",
                        "it isn't event \(place) of \(stream): give all events of one stream together, in order, from 0"
                    )
                }
            }
            var data = events.map { attributes.attributes(for: $0.data) }
            let common = takeCommon(from: &data)
            output.text.raw("<trace>" as StaticString)
            try write([named(String(stream.id)), own("stream", stream.value)] + common, of: "\(stream)")
            output.text.byte(0x0A)
            for (event, data) in zip(events, data) { try write(event, data) }
            output.text.raw("</trace>\n" as StaticString)
            try output.added()
        }

        /// Ends the log, and writes out what is left.
        public mutating func finish() throws(FileFeedError) {
            output.text.raw("</log>\n" as StaticString)
            try output.flush()
        }

        private mutating func write(_ event: Event, _ data: [XESAttribute]?) throws(FileFeedError) {
            if event.type.isEmpty { throw output.problem("\(event)", "its type is empty") }
            output.text.raw("<event>" as StaticString)
            var fields = [named(event.type)]
            if let time = event.time {
                fields.append(XESAttribute(kind: .date, key: "time:timestamp", value: TimestampText.text(time)))
            }
            if let id = event.id { fields.append(XESAttribute(kind: .id, key: "identity:id", value: id)) }
            if let id = event.correlationID { fields.append(own("correlationid", id)) }
            if let id = event.causationID { fields.append(own("causationid", id)) }
            let metadata = event.metadata.sorted { $0.key < $1.key }
            if !metadata.isEmpty {
                var container = own("metadata", "")
                container.kind = .container
                container.children = metadata.map { XESAttribute(kind: .string, key: $0.key, value: $0.value) }
                fields.append(container)
            }
            try write(fields, of: "\(event)")
            writeData(event, data)
            output.text.raw("</event>\n" as StaticString)
            try output.added()
        }

        private mutating func writeData(_ event: Event, _ data: [XESAttribute]?) {
            let end = output.text.bytes.count
            if let data, data.allSatisfy({ $0.write(to: &output.text) }) { return }
            output.text.truncate(to: end)
            let bytes = event.data
            let text = String(validating: bytes, as: UTF8.self).map { own("data", $0) }
            if let text, text.write(to: &output.text) { return }
            output.text.truncate(to: end)
            _ = own("data64", Base64.encode(bytes)).write(to: &output.text)
        }

        private mutating func write(_ fields: [XESAttribute], of what: String) throws(FileFeedError) {
            for field in fields where !field.write(to: &output.text) {
                throw output.problem(what, "its '\(field.key)' holds characters that XML doesn't have")
            }
        }

        private func named(_ name: String) -> XESAttribute {
            XESAttribute(kind: .string, key: "concept:name", value: name)
        }

        private func own(_ name: String, _ value: String) -> XESAttribute {
            XESAttribute(kind: .string, key: "\(XESKeys.prefix):\(name)", value: value)
        }

        /// Takes out what all events say of their trace.
        private func takeCommon(from data: inout [[XESAttribute]?]) -> [XESAttribute] {
            guard let first = data.first ?? nil else { return [] }
            let common = first.prefix { attribute in
                attribute.key.hasPrefix(Self.casePrefix)
                    && !attributes.hasMeaning(String(attribute.key.dropFirst(Self.casePrefix.count)))
            }
            var test = JSONText()
            guard !common.isEmpty, common.allSatisfy({ $0.write(to: &test) }),
                data.allSatisfy({ $0?.starts(with: common) ?? false })
            else { return [] }
            for place in data.indices { data[place]?.removeFirst(common.count) }
            return common.map { attribute in
                var attribute = attribute
                attribute.key.removeFirst(Self.casePrefix.count)
                return attribute
            }
        }
    }
#endif
