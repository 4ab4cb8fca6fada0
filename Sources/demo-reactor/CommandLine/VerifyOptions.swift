/// The options of the command `verify`.
struct VerifyOptions: Equatable {
    /// The file of the run.
    var state = "reactor.sqlite"
    var hasColor = true

    init() {}

    init(_ arguments: ArraySlice<String>) throws(UsageError) {
        var rest = ArgumentReader(arguments)
        var seen: Set<String> = []
        while let option = try rest.next() {
            guard seen.insert(option).inserted else { throw UsageError("'\(option)' is given twice") }
            switch option {
            case "--state": state = try rest.text("a file")
            case "--no-color": hasColor = try !rest.flag()
            default: throw UsageError("'verify' has no option '\(option)'")
            }
        }
        #if !SQLite
            throw UsageError("'verify' needs a build with the package trait SQLite")
        #endif
    }
}
