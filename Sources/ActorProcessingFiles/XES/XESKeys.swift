#if Files

    /// The keys of attributes that mean something here. Those of the standard's extensions have the prefix that the log declares.
    struct XESKeys {
        enum Meaning: Int {
            case name, time, id, correlation, causation, metadata, data, data64, stream
        }

        /// What the library's own attributes begin with: they hold what the standard has no place for.
        static let prefix = "millrace"

        private var keys: [[UInt8]] = [
            "concept:name", "time:timestamp", "identity:id", "\(prefix):correlationid", "\(prefix):causationid",
            "\(prefix):metadata", "\(prefix):data", "\(prefix):data64", "\(prefix):stream",
        ].map { Array($0.utf8) }

        static let extensions: [(uri: String, meaning: Meaning, name: String)] = [
            ("concept.xesext", .name, "name"), ("time.xesext", .time, "timestamp"), ("identity.xesext", .id, "id"),
        ]

        /// A log declares an extension under a prefix.
        mutating func declared(uri: String, prefix: String) {
            guard let known = Self.extensions.first(where: { uri.hasSuffix("/\($0.uri)") }) else { return }
            keys[known.meaning.rawValue] = Array("\(prefix):\(known.name)".utf8)
        }

        func meaning(of key: UnsafeRawBufferPointer) -> Meaning? {
            for (number, known) in keys.enumerated() where known.count == key.count {
                if unsafe known.elementsEqual(key) { return Meaning(rawValue: number) }
            }
            return nil
        }

        func key(_ meaning: Meaning) -> String { String(decoding: keys[meaning.rawValue], as: UTF8.self) }
    }
#endif
