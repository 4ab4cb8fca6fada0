#if Files

    /// The options of the command `cases`.
    struct CaseOptions: Equatable {
        /// How a log is written.
        enum Format: String, CaseIterable {
            case xes
            case ndjson
        }

        /// A path, or `-` for standard input.
        var file: String
        /// `nil` for what its name or its first bytes say.
        var format: Format?
        /// Arrivals are shuffled in windows of so many.
        var disorder = 1
        /// Per cent of the events that come twice.
        var duplicates = 0
        var seed: UInt64 = 1
        var shards: Int?
        var isStrict = false
        var rejects: String?
        /// The file in which cases are kept; `nil` for in memory.
        var state: String?
        var isJSON = false
        var isQuiet = false
        var hasColor = true

        init(file: String) { self.file = file }

        init(_ arguments: ArraySlice<String>) throws(UsageError) {
            self.init(file: "")
            let (_, name) = try ArgumentReader.read(arguments, of: "cases", takesFile: true) {
                option, rest throws(UsageError) in
                try take(option, &rest)
            }
            guard let name else { throw UsageError("'cases' needs a file, or - for standard input") }
            file = name
            #if !SQLite
                if state != nil { throw UsageError("'--state' needs a build with the package trait SQLite") }
            #endif
            if file == "-", state != nil {
                throw UsageError("'--state' needs a file to go on with: standard input comes only once")
            }
        }

        /// What decides about the events and the order in which they arrive, as on the command line.
        var workload: String { "\(file) --disorder \(disorder) --duplicates \(duplicates) --seed \(seed)" }

        private mutating func take(_ option: String, _ rest: inout ArgumentReader) throws(UsageError) -> Bool {
            switch option {
            case "--format": format = try rest.choice(of: Format.self)
            case "--disorder": disorder = try rest.number(in: 1...1_000_000)
            case "--duplicates": duplicates = try rest.number(in: 0...100)
            case "--seed": seed = try rest.number(in: 0...UInt64.max)
            case "--shards": shards = try rest.number(in: 1...64)
            case "--strict": isStrict = try rest.flag()
            case "--rejects": rejects = try rest.text("a file")
            case "--state": state = try rest.text("a file")
            case "--json": isJSON = try rest.flag()
            case "--quiet": isQuiet = try rest.flag()
            case "--no-color": hasColor = try !rest.flag()
            default: return false
            }
            return true
        }
    }
#endif
