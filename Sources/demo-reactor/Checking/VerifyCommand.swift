import ActorProcessing

#if SQLite
    import ActorProcessingSQLite
#endif

/// The command `verify`: compares what is in a run's files with the fold.
struct VerifyCommand {
    let options: VerifyOptions

    func run() async throws(UsageError) -> ExitCode {
        #if SQLite
            guard ShopFile.exists(options.state) else {
                throw UsageError(
                    "there is no file '\(options.state)': start a run with 'demo-reactor', or name its file with --state"
                )
            }
            do {
                let file = try await ShopFile(options.state)
                let check = try await FileCheck(file)
                try await file.close()
                let colors = Colors(isOn: options.hasColor && Terminal.output.takesColors)
                Terminal.write(Summary.check(check, colors))
                return check.verification.agrees ? .success : .disagreement
            } catch let error as UsageError {
                throw error
            } catch {
                Terminal.complain("demo-reactor: \(error)\n")
                return .failed
            }
        #else
            throw UsageError("'verify' needs a build with the package trait SQLite")
        #endif
    }
}
