import ActorProcessing

/// The command `shop`: makes the scenario, runs it, checks the results, and says what came out.
struct ShopDemo {
    let options: ShopOptions
    /// What the reactor's results have to agree with.
    var fold: @Sendable (Scenario) -> SequentialFold = { SequentialFold($0) }
    private let colors: Colors

    init(_ options: ShopOptions) {
        self.options = options
        colors = Colors(isOn: options.hasColor && Terminal.output.takesColors)
    }

    func run() async throws(UsageError) -> ExitCode {
        do {
            switch options.keeping {
            case .memory: return try await run(.inMemory(), resumed: nil)
            case .file(let path):
                #if SQLite
                    return try await run(on: path)
                #else
                    throw UsageError("'\(path)' can't be opened by a build without the package trait SQLite")
                #endif
            }
        } catch let error as UsageError {
            throw error
        } catch let error as ReactorError where error.code == .owned {
            Terminal.complain(
                "demo-reactor: another process is at work on this run (\(error.underlying.map { "\($0)" } ?? error.message)): stop "
                    + "it, or wait for its end with --wait\n")
            return .failed
        } catch let error as StoreError {
            Terminal.complain("demo-reactor: \(error)\n")
            return .failed
        } catch {
            Terminal.complain("demo-reactor: the reactor has failed: \(error)\n")
            return .failed
        }
    }

    #if SQLite
        private func run(on path: String) async throws -> ExitCode {
            if options.isFresh { try await ShopFile.remove(path) }
            let file = try await ShopFile(path)
            let workload = try await file.begin(options.workload)
            guard workload == options.workload else { throw Self.isOther(workload, path) }
            if try await file.isComplete() { return try await alreadyComplete(file) }
            let resumed = try await file.resumption()
            if let resumed, !options.isQuiet { Terminal.write(Summary.resuming(resumed, path)) }
            let code = try await run(file.books, resumed: resumed) { try await file.complete() }
            try await file.close()
            return code
        }

        private static func isOther(_ workload: String, _ path: String) -> UsageError {
            UsageError(
                "'\(path)' holds another run: go on with it by 'demo-reactor --state \(path) \(workload)', begin anew in its place "
                    + "with --fresh, or keep this one elsewhere with --state")
        }

        private func alreadyComplete(_ file: ShopFile) async throws -> ExitCode {
            Terminal.write(
                "The run in \(file.path) is complete: there is nothing left to do. Begin anew in its place with --fresh.\n"
            )
            let check = try await FileCheck(file)
            try await file.close()
            Terminal.write(Summary.check(check, colors))
            return check.verification.agrees ? .success : .disagreement
        }
    #endif

    /// - Parameter completed: notes that all is done.
    private func run(
        _ books: ShopBooks, resumed: Resumption?, completed: () async throws -> Void = {}
    ) async throws -> ExitCode {
        var generator = ScenarioGenerator(options)
        let scenario = generator.make()
        let progress = ProgressDisplay(
            total: scenario.arrivalCount, before: resumed?.settled ?? 0, isQuiet: options.isQuiet)
        let end = try await ShopRun(scenario, options, books, resumed: resumed).run(
            interrupts: Interrupts.stream(), every: progress.interval
        ) { status in progress.show(status) }
        progress.clear()
        switch end {
        case .interrupted(let report):
            Terminal.write(Summary.stopped(report, resumable: books.isDurable))
            return .interrupted
        case .finished(let results):
            try await completed()
            if !options.isQuiet { Terminal.write(Summary.text(of: results, scenario, options)) }
            let fold = fold(scenario)
            var verification = Verification(
                fold, results.record, parked: scenario.poison.map { scenario.events[$0].stream })
            verification.compareCounts(fold, results)
            Terminal.write(Summary.verdict(verification, colors))
            return verification.agrees ? .success : .disagreement
        }
    }
}
