#if Files
    import ActorProcessing
    import ActorProcessingFiles

    /// The command `cases`: reads a log, and says what its cases have gone through.
    struct CaseCommand {
        let options: CaseOptions

        func run() async throws(UsageError) -> ExitCode {
            let progress = CaseProgress(isQuiet: options.isQuiet)
            do {
                let run = try await CaseRun(try await LogFile(options), options)
                let end = try await run.run(interrupts: Interrupts.stream(), every: progress.interval) {
                    progress.show($0)
                }
                progress.clear()
                return conclude(end)
            } catch let error as UsageError {
                throw error
            } catch {
                progress.clear()
                Terminal.complain("demo-reactor: \(Self.reason(error))\n")
                return .failed
            }
        }

        private func conclude(_ end: CaseRun.End) -> ExitCode {
            switch end {
            case .interrupted(let report):
                Terminal.complain(Summary.stopped(report))
                return .interrupted
            case .finished(let results):
                Terminal.write(options.isJSON ? CaseReport.json(of: results) : CaseReport.text(of: results, options))
                return .success
            }
        }

        /// What is wrong with the log, if that is what ended the reactor.
        private static func reason(_ error: any Error) -> String {
            if let error = error as? ReactorError, let cause = error.underlying as? FileFeedError {
                return cause.message
            }
            return "\(error)"
        }
    }
#endif
