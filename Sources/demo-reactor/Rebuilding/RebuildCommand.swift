import ActorProcessing

/// The command `rebuild`: makes the read model anew from the first event, beside the one that is there, and switches.
struct RebuildCommand {
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
                let rebuild = try await ShopRebuild(file)
                let progress = RebuildDisplay()
                let start = ContinuousClock.now
                try await rebuild.run { progress.show($0) }
                progress.clear()
                try await file.close()
                Terminal.write(
                    "Version \(rebuild.version) of the sales is in place: \(rebuild.arrivals.grouped) arrivals looked at in "
                        + "\((ContinuousClock.now - start).rounded).\n")
                return try await VerifyCommand(options: options).run()
            } catch let error as UsageError {
                throw error
            } catch {
                Terminal.complain("demo-reactor: \(error)\n")
                return .failed
            }
        #else
            throw UsageError("'rebuild' needs a build with the package trait SQLite")
        #endif
    }
}
