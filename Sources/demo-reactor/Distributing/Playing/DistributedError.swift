/// The distributed shop can't be played to its end.
struct DistributedError: Error, CustomStringConvertible {
    let description: String
    /// What the command ends with.
    let code: ExitCode

    init(_ description: String, code: ExitCode = .failed) {
        self.description = description
        self.code = code
    }
}
