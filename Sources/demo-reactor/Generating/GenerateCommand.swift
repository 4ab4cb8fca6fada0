#if Files
    import ActorProcessingFiles
    import Sharding

    /// The command `generate`: writes a log of made-up cases.
    struct GenerateCommand {
        let options: GenerateOptions

        func run() async -> ExitCode {
            let options = options
            let isBar = Terminal.error.isInteractive && !options.isQuiet
            do {
                let written = try await SystemThread.run {
                    var generator = LogGenerator(options: options)
                    var shown = ContinuousClock.now
                    generator.progressed = { written in
                        let now = ContinuousClock.now
                        guard !options.isQuiet, now - shown > (isBar ? .milliseconds(100) : .seconds(1)) else { return }
                        shown = now
                        Terminal.complain(
                            (isBar ? "\r\u{1B}[2K" : "") + "\(written.grouped) events written" + (isBar ? "" : "\n"))
                    }
                    return try generator.write()
                }
                if isBar { Terminal.complain("\r\u{1B}[2K") }
                if !options.isQuiet {
                    Terminal.complain("\(written.grouped) events of \(options.cases.grouped) cases written.\n")
                }
                return .success
            } catch {
                if isBar { Terminal.complain("\r\u{1B}[2K") }
                Terminal.complain("demo-reactor: \(error)\n")
                return .failed
            }
        }
    }
#endif
