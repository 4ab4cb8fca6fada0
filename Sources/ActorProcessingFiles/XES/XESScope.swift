#if Files
    import Supervision

    /// What has been read of the attributes of one trace or event.
    struct XESScope {
        private(set) var text: AttributeText
        private(set) var name: String?
        private(set) var time: Timestamp?
        private(set) var id: String?
        private(set) var correlationID: String?
        private(set) var causationID: String?
        private(set) var metadata: [String: String] = [:]
        /// The data as it was before it was to be made into attributes, if it couldn't be.
        private(set) var data: [UInt8]?
        /// A trace's whole stream name, if it says so.
        private(set) var stream: String?
        /// The values of the classifier's attributes.
        private(set) var classified: [String?] = []
        /// What is wrong, at first.
        private(set) var problem: String?
        /// Which of the globals are there.
        private var isGiven: [Bool] = []
        /// What the outermost attribute that is open means.
        private var meaning: XESKeys.Meaning?
        private var types = BytesCache<String>()
        private let limit: Int

        private var meanings = BytesCache<XESKeyMeaning>()
        private var version = -1
        private let declarations: XESDeclarations
        private let isEvent: Bool

        /// - Parameters:
        ///   - limit: the most bytes.
        ///   - isEvent: whether it is an event's, or else a trace's.
        init(limit: Int, isEvent: Bool, _ declarations: XESDeclarations) {
            self.limit = limit
            self.isEvent = isEvent
            self.declarations = declarations
            text = AttributeText(prefix: isEvent ? "" : "case:")
        }

        /// The most that attributes may be nested: what takes the data apart may go down by calling itself.
        private static let depth = 128

        /// Whether nothing more is allowed here.
        var isFull: Bool { text.count > limit || text.frames.count >= Self.depth }

        mutating func began() {
            if version != declarations.version {
                version = declarations.version
                meanings = BytesCache()
            }
            text.removeAll()
            (name, time, id, correlationID, causationID) = (nil, nil, nil, nil, nil)
            if !metadata.isEmpty { metadata = [:] }
            (data, stream, problem, meaning) = (nil, nil, nil, nil)
            isGiven.removeAll(keepingCapacity: true)
            for _ in 0..<declarations.globals(ofEvents: isEvent).count { isGiven.append(false) }
            classified.removeAll(keepingCapacity: true)
            for _ in 0..<(isEvent ? declarations.classifierKeys?.count ?? 0 : 0) { classified.append(nil) }
        }

        mutating func failed(_ reason: @autoclosure () -> String) {
            if problem == nil { problem = reason() }
        }

        mutating func attributeStarted(_ kind: XESAttributeKind, _ attributes: XMLAttributes) {
            let key = unsafe attributes.value(of: "key")
            if unsafe key == nil { failed("an attribute has no key: add it") }
            let value = unsafe attributes.value(of: "value")
            if unsafe value == nil, kind != .list, kind != .container {
                failed("an attribute has no value: add it")
            }
            let empty = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
            unsafe began(kind, key ?? empty, value ?? empty)
            if text.frames.count >= Self.depth { failed("its attributes are nested more than \(Self.depth) deep") }
            let limit = limit
            if text.count > limit { failed("its attributes take more than \(limit) bytes: raise maximumEventBytes") }
        }

        private mutating func began(
            _ kind: XESAttributeKind, _ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer
        ) {
            if text.isOutermost {
                unsafe note(key, value)
                if let meaning { unsafe take(meaning, kind, value) }
            } else if meaning == .metadata, text.frames.count == 1 {
                unsafe metadata[String(decoding: key, as: UTF8.self)] = unsafe String(decoding: value, as: UTF8.self)
            }
            var isValid = true
            unsafe text.attributeStarted(kind, key: key) { json in
                isValid = unsafe XESValue.write(kind, value, to: &json)
            }
            if !isValid {
                unsafe failed(
                    "the \(kind) '\(String(decoding: key, as: UTF8.self))' is '\(String(decoding: value.prefix(80), as: UTF8.self))', which is none"
                )
            }
        }

        mutating func attributeEnded() {
            guard text.frames.count == 1 else { return text.attributeEnded() }
            switch meaning {
            case nil: text.attributeEnded()
            case .name where !classified.isEmpty: text.attributeEnded()
            case .name, .time, .id: text.attributeEnded(.ifNested)
            default: text.attributeEnded(.never)
            }
        }

        /// All attributes have been told: what is missing is filled in.
        mutating func ended() {
            for number in isGiven.indices where !isGiven[number] {
                let global = declarations.globals(ofEvents: isEvent)[number]
                unsafe global.key.withUnsafeBytes { key in
                    unsafe global.value.withUnsafeBytes { unsafe began(global.kind, key, $0) }
                }
                attributeEnded()
            }
            text.ended()
        }

        /// Finds out what a key means, marks the globals that are given, and keeps what the classifier wants.
        private mutating func note(_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
            let (declarations, isEvent) = (declarations, isEvent)
            let found = unsafe meanings.value(for: key) { unsafe declarations.meaning(of: key, ofEvents: isEvent) }
            meaning = found.meaning
            if let global = found.global { isGiven[global] = true }
            if classified.isEmpty { return }
            for (number, wanted) in (declarations.classifierKeys ?? []).enumerated()
            where unsafe wanted.elementsEqual(key) {
                classified[number] = unsafe String(decoding: value, as: UTF8.self)
            }
        }

        private mutating func take(
            _ meaning: XESKeys.Meaning, _ kind: XESAttributeKind, _ value: UnsafeRawBufferPointer
        ) {
            switch meaning {
            case .name: name = unsafe types.string(value)
            case .time:
                time = unsafe TimestampText.parse(value, needsZone: false)
                if time == nil {
                    unsafe failed(
                        "its time is '\(String(decoding: value.prefix(80), as: UTF8.self))': write it as 2026-01-31T12:00:00Z, from 1678 to 2261"
                    )
                }
            case .id: id = unsafe String(decoding: value, as: UTF8.self)
            case .correlation: correlationID = unsafe String(decoding: value, as: UTF8.self)
            case .causation: causationID = unsafe String(decoding: value, as: UTF8.self)
            case .stream: stream = unsafe String(decoding: value, as: UTF8.self)
            case .data: data = unsafe [UInt8](value)
            case .data64:
                data = unsafe Base64.decode(value)
                if data == nil { failed("its data is no base64") }
            case .metadata:
                if kind != .container { failed("its metadata has to be a container of strings") }
            }
        }
    }
#endif
