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
            var rest = ArgumentReader(arguments)
            var files: [String] = []
            var seen: Set<String> = []
            while true {
                if let operand = rest.operand() {
                    files.append(operand)
                    continue
                }
                guard let option = try rest.next() else { break }
                guard seen.insert(option).inserted else { throw UsageError("'\(option)' is given twice") }
                switch option {
                case "--cases": cases = try rest.number(in: 1...1_000_000_000)
                case "--format": format = try rest.choice(of: Format.self)
                case "--disorder": disorder = try rest.number(in: 1...1_000_000)
                case "--duplicates": duplicates = try rest.number(in: 0...100)
                case "--seed": seed = try rest.number(in: 0...UInt64.max)
                case "--quiet": isQuiet = try rest.flag()
                case "--no-color": hasColor = try !rest.flag()
                default: throw UsageError("'generate' has no option '\(option)'")
                }
            }
            guard files.count <= 1 else { throw UsageError("'generate' takes one file, not also '\(files[1])'") }
            if let name = files.first { file = name }
            guard !file.isEmpty else { throw UsageError("a file's name can't be empty") }
            if format == .xes, disorder > 1 || duplicates > 0 {
                throw UsageError(
                    "'--format xes' has no disorder and no duplicates: an event's place in its trace is its index")
            }
        }
    }
#endif
