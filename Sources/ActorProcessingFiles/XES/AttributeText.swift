#if Files

    /// Attributes of a log, event or trace as the fields of a JSON object, written as they are read.
    ///
    /// A list becomes an array of objects with one field each, a container an object. An attribute that has attributes itself
    /// becomes `{"value":…,"attributes":{…}}`; one that comes more than once, an array of its values.
    struct AttributeText {
        /// An attribute that hasn't ended.
        struct Frame {
            var kind: XESAttributeKind
            var start: Int
            var key: Range<Int>
            var valueStart: Int
            var firstEntry: Int
            var hasChildren = false
        }

        private struct Entry {
            var key: Range<Int>
            var value: Range<Int>
        }

        /// What the outermost fields' names begin with.
        private let prefix: StaticString
        private(set) var json = JSONText()
        private(set) var frames: [Frame] = []
        private var entries: [Entry] = []

        init(prefix: StaticString = "") { self.prefix = prefix }

        /// How many bytes there are.
        var count: Int { json.bytes.count }

        /// Whether no attribute is open.
        var isOutermost: Bool { frames.isEmpty }

        mutating func removeAll() {
            json.removeAll()
            frames.removeAll(keepingCapacity: true)
            entries.removeAll(keepingCapacity: true)
        }

        /// - Parameter value: what is written as its value; not for lists and containers.
        mutating func attributeStarted(
            _ kind: XESAttributeKind, key: UnsafeRawBufferPointer, _ value: (inout JSONText) -> Void
        ) {
            openParent()
            let start = json.bytes.count
            if needsComma { json.byte(UInt8(ascii: ",")) }
            if frames.last?.kind == .list { json.byte(UInt8(ascii: "{")) }
            let keyStart = json.bytes.count
            unsafe json.string(key, prefix: frames.isEmpty ? prefix : "")
            let keyEnd = json.bytes.count
            json.byte(UInt8(ascii: ":"))
            let valueStart = json.bytes.count
            switch kind {
            case .list: json.byte(UInt8(ascii: "["))
            case .container: json.byte(UInt8(ascii: "{"))
            default: value(&json)
            }
            frames.append(
                Frame(
                    kind: kind, start: start, key: keyStart..<keyEnd, valueStart: valueStart, firstEntry: entries.count)
            )
        }

        /// What becomes of an attribute that has ended.
        enum Keeping {
            case always, ifNested, never
        }

        mutating func attributeEnded(_ keeping: Keeping = .always) {
            guard let frame = frames.popLast() else { preconditionFailure("an attribute ended that hadn't started") }
            guard keeping == .always || (keeping == .ifNested && frame.hasChildren) else {
                json.truncate(to: frame.start)
                entries.removeLast(entries.count - frame.firstEntry)
                return
            }
            if frame.kind != .list { groupRepeated(from: frame) }
            entries.removeLast(entries.count - frame.firstEntry)
            switch frame.kind {
            case .list: json.byte(UInt8(ascii: "]"))
            case .container: json.byte(UInt8(ascii: "}"))
            default: if frame.hasChildren { json.raw("}}" as StaticString) }
            }
            let value = frame.valueStart..<json.bytes.count
            if frames.last?.kind == .list { json.byte(UInt8(ascii: "}")) }
            entries.append(Entry(key: frame.key, value: value))
        }

        /// All attributes have been written.
        mutating func ended() { groupRepeated(0, from: 0) }

        private var needsComma: Bool { entries.count > frames.last?.firstEntry ?? 0 }

        /// Makes room for the first attribute of an attribute.
        private mutating func openParent() {
            guard let last = frames.indices.last, !frames[last].hasChildren else { return }
            frames[last].hasChildren = true
            switch frames[last].kind {
            case .list, .container: break
            default:
                json.insert("{\"value\":", at: frames[last].valueStart)
                json.raw(",\"attributes\":{" as StaticString)
            }
        }

        private mutating func groupRepeated(from frame: Frame) {
            guard entries.count > frame.firstEntry + 1 else { return }
            groupRepeated(frame.firstEntry, from: entries[frame.firstEntry].key.lowerBound)
        }

        /// Brings the values of the same key together.
        private mutating func groupRepeated(_ first: Int, from start: Int) {
            guard entries.count > first + 1, hasRepeated(first) else { return }
            let old = json.bytes
            var order: [ArraySlice<UInt8>] = []
            var values: [ArraySlice<UInt8>: [ArraySlice<UInt8>]] = [:]
            for entry in entries[first...] {
                let key = old[entry.key]
                if values[key] == nil { order.append(key) }
                values[key, default: []].append(old[entry.value])
            }
            json.truncate(to: start)
            for (number, key) in order.enumerated() {
                if number > 0 { json.byte(UInt8(ascii: ",")) }
                json.raw([UInt8](key))
                json.byte(UInt8(ascii: ":"))
                let all = values[key] ?? []
                if all.count > 1 { json.byte(UInt8(ascii: "[")) }
                json.raw([UInt8](all.joined(separator: [UInt8(ascii: ",")])))
                if all.count > 1 { json.byte(UInt8(ascii: "]")) }
            }
        }

        private func hasRepeated(_ first: Int) -> Bool {
            if entries.count - first > 32 {
                var seen: Set<ArraySlice<UInt8>> = []
                return !entries[first...].allSatisfy { seen.insert(json.bytes[$0.key]).inserted }
            }
            for later in (first + 1)..<entries.count {
                for earlier in first..<later where isSame(entries[earlier].key, entries[later].key) { return true }
            }
            return false
        }

        private func isSame(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
            if left.count != right.count { return false }
            for place in 0..<left.count
            where json.bytes[left.lowerBound + place] != json.bytes[right.lowerBound + place] {
                return false
            }
            return true
        }
    }
#endif
