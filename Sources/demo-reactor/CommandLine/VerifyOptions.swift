/// The options of the commands `verify` and `rebuild`.
struct VerifyOptions: Equatable {
    /// The file of the run.
    var state = "reactor.sqlite"
    var hasColor = true

    init() {}

    /// - Parameter command: whose arguments these are.
    init(_ arguments: ArraySlice<String>, of command: String = "verify") throws(UsageError) {
        try ArgumentReader.read(arguments, of: command) { option, rest throws(UsageError) in
            switch option {
            case "--state": state = try rest.text("a file")
            case "--no-color": hasColor = try !rest.flag()
            default: return false
            }
            return true
        }
        #if !SQLite
            throw UsageError("'\(command)' needs a build with the package trait SQLite")
        #endif
    }
}
