#if Files

    /// The options of the command `generate`.
    struct GenerateOptions: Equatable {
        enum Format: String, CaseIterable {
            case ndjson
            case cloudevents
            case xes
        }

        /// A path, or `-` for standard output.
        var file = "-"
        var format = Format.ndjson
        var cases = 10_000
        var disorder = 1
        var duplicates = 0
        var seed: UInt64 = 1
        var isQuiet = false
        var hasColor = true

        init() {}

        init(_ arguments: ArraySlice<String>) throws(UsageError) {
            let (_, name) = try ArgumentReader.read(arguments, of: "generate", takesFile: true) {
                option, rest throws(UsageError) in
                switch option {
                case "--cases": cases = try rest.number(in: 1...1_000_000_000)
                case "--format": format = try rest.choice(of: Format.self)
                case "--disorder": disorder = try rest.number(in: 1...1_000_000)
                case "--duplicates": duplicates = try rest.number(in: 0...100)
                case "--seed": seed = try rest.number(in: 0...UInt64.max)
                case "--quiet": isQuiet = try rest.flag()
                case "--no-color": hasColor = try !rest.flag()
                default: return false
                }
                return true
            }
            if let name { file = name }
            if format == .xes, disorder > 1 || duplicates > 0 {
                throw UsageError(
                    "'--format xes' has no disorder and no duplicates: an event's place in its trace is its index")
            }
        }
    }
#endif
