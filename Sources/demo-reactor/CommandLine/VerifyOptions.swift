/// The options of the commands `verify` and `rebuild`.
struct VerifyOptions: Equatable {
    /// The file of the run.
    var state = "reactor.sqlite"
    var hasColor = true

    init() {}

    /// - Parameter command: whose arguments these are.
    init(_ arguments: ArraySlice<String>, of command: String = "verify") throws(UsageError) {
        var rest = ArgumentReader(arguments)
        var seen: Set<String> = []
        while let option = try rest.next() {
            guard seen.insert(option).inserted else { throw UsageError("'\(option)' is given twice") }
            switch option {
            case "--state": state = try rest.text("a file")
            case "--no-color": hasColor = try !rest.flag()
            default: throw UsageError("'\(command)' has no option '\(option)'")
            }
        }
        #if !SQLite
            throw UsageError("'\(command)' needs a build with the package trait SQLite")
        #endif
    }
}
