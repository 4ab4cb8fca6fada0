import ActorProcessing

/// The command `rebuild`: makes the read model anew from the first event, beside the one that is there, and switches.
struct RebuildCommand {
    let options: VerifyOptions

    func run() async throws(UsageError) -> ExitCode {
        #if SQLite
            let code = try await ShopFile.use(options.state) { file in
                let rebuild = try await ShopRebuild(file)
                let progress = RebuildDisplay()
                let start = ContinuousClock.now
                try await rebuild.run { progress.show($0) }
                progress.clear()
                Terminal.write(
                    "Version \(rebuild.version) of the sales is in place: \(rebuild.arrivals.grouped) arrivals looked at in "
                        + "\((ContinuousClock.now - start).rounded).\n")
                return .success
            }
            // What is in the files now, read anew.
            return code == .success ? try await VerifyCommand(options: options).run() : code
        #else
            throw UsageError("'rebuild' needs a build with the package trait SQLite")
        #endif
    }
}
