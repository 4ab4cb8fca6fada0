import ActorProcessing

/// The command `verify`: compares what is in a run's files with the fold.
struct VerifyCommand {
    let options: VerifyOptions

    func run() async throws(UsageError) -> ExitCode {
        #if SQLite
            try await ShopFile.use(options.state) { file in
                let check = try await FileCheck(file)
                let colors = Colors(isOn: options.hasColor && Terminal.output.takesColors)
                Terminal.write(Summary.check(check, colors))
                return check.verification.agrees ? .success : .disagreement
            }
        #else
            throw UsageError("'verify' needs a build with the package trait SQLite")
        #endif
    }
}
