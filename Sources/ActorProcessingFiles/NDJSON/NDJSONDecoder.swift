#if Files
    import ActorProcessing
    import CMillraceJSON
    import Supervision

    /// What lines mean as events. For one thread.
    struct NDJSONDecoder: ~Copyable {
        /// Which event of which stream a line is, as far as that is known.
        private struct RowPlace {
            var name: [UInt8] = []
            var index: Int64?
        }

        let form: NDJSONConfiguration.Form
        let needsIndex: Bool
        let streamAttribute: [UInt8]
        let reader = JSONReader()
        var lateness: LatenessMachine
        var types = BytesCache<String>()
        var attributes = BytesCache<[String: String]>()
        var attributeKey: [UInt8] = []
        /// Where the fields that mean something are among the line's; -1 for one that isn't there.
        private var places = [Int](repeating: -1, count: LineField.allCases.count)
        /// Where the others are.
        var others: [Int] = []
        var isCloudEvent = false
        private var rejected = RowPlace()

        init(_ configuration: NDJSONConfiguration) {
            form = configuration.form
            needsIndex = configuration.ordering != .arrival
            streamAttribute = Array(configuration.streamAttribute.utf8)
            lateness = LatenessMachine(bound: configuration.latenessBound)
        }

        /// Adds the event that a line is.
        ///
        /// - Returns: whether it is late.
        /// - Throws: a ``LineProblem``, or what the builder throws.
        mutating func decode(
            _ line: UnsafeRawBufferPointer, at position: Int64, into builder: inout EventBatch.Builder
        ) throws -> Bool {
            forget()
            let fields = try unsafe reader.fields(of: line)
            try unsafe sort(fields)
            let name = try unsafe streamName(fields)
            let index: Int64?
            do {
                index = try unsafe self.index(fields)
                return try unsafe append(fields, name: name, index: index, at: position, into: &builder)
            } catch let problem as LineProblem {
                let index = try? unsafe self.index(fields)
                rejected = unsafe RowPlace(name: [UInt8](name), index: index)
                throw problem
            }
        }

        /// The line before isn't the present one.
        mutating func forget() { rejected = RowPlace() }

        /// Adds what is known of the line that couldn't be decoded.
        func appendRejected(at position: Int64, into builder: inout EventBatch.Builder) throws {
            try unsafe rejected.name.withUnsafeBytes { name in
                try unsafe builder.appendRejected(name: name, index: rejected.index, position: position)
            }
        }

        /// Finds out which field is which, and which form the line has.
        private mutating func sort(_ fields: JSONReader.Fields) throws(LineProblem) {
            for place in places.indices { places[place] = -1 }
            others.removeAll(keepingCapacity: true)
            for number in 0..<fields.count {
                guard let field = unsafe LineField(fields[number].nameBytes) else {
                    others.append(number)
                    continue
                }
                guard places[field.rawValue] < 0 else {
                    throw LineProblem("it has '\(field.name)' twice: leave one out")
                }
                places[field.rawValue] = number
            }
            switch form {
            case .automatic: isCloudEvent = places[LineField.specversion.rawValue] >= 0
            case .plain: isCloudEvent = false
            case .cloudEvents: isCloudEvent = true
            }
            for field in LineField.allCases where places[field.rawValue] >= 0 {
                if isCloudEvent ? !field.isOfCloudEvent : !field.isPlain { others.append(places[field.rawValue]) }
            }
        }

        /// A field, if it is there.
        @inline(__always)
        func field(_ field: LineField, _ fields: JSONReader.Fields) -> millrace_json_field? {
            let place = places[field.rawValue]
            return place < 0 ? nil : unsafe fields[place]
        }

        /// A field that is there and isn't null.
        @inline(__always)
        func find(_ field: LineField, _ fields: JSONReader.Fields) -> millrace_json_field? {
            guard let found = unsafe self.field(field, fields), unsafe found.kind != millrace_json_null else {
                return nil
            }
            return unsafe found
        }

        /// The characters of a field that has to be a string, if it is there.
        @inline(__always)
        func text(_ field: LineField, _ fields: JSONReader.Fields) throws(LineProblem) -> UnsafeRawBufferPointer? {
            guard let found = unsafe find(field, fields) else { return nil }
            guard unsafe found.isString else { throw LineProblem("'\(field.name)' has to be a string") }
            return unsafe found.textBytes
        }

        @inline(__always)
        func string(_ field: LineField, _ fields: JSONReader.Fields) throws(LineProblem) -> String? {
            guard let text = unsafe try text(field, fields) else { return nil }
            return unsafe String(decoding: text, as: UTF8.self)
        }
    }
#endif
