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

    func run() async -> ExitCode {
        do {
            var generator = ScenarioGenerator(options)
            let scenario = generator.make()
            let progress = ProgressDisplay(total: scenario.arrivalCount, isQuiet: options.isQuiet)
            let end = try await ShopRun(scenario, options).run(
                interrupts: Interrupts.stream(), every: progress.interval
            ) { status in progress.show(status) }
            progress.clear()
            return conclude(end, scenario)
        } catch {
            Terminal.complain("demo-reactor: the reactor has failed: \(error)\n")
            return .failed
        }
    }

    private func conclude(_ end: ShopRun.End, _ scenario: Scenario) -> ExitCode {
        switch end {
        case .interrupted(let report):
            Terminal.write(Summary.stopped(report))
            return .interrupted
        case .finished(let results, let parked):
            if !options.isQuiet { Terminal.write(Summary.text(of: results, scenario, options, parked: parked)) }
            let verification = Verification(fold(scenario), results, parked: parked?.stream)
            Terminal.write(Summary.verdict(verification, colors))
            return verification.agrees ? .success : .disagreement
        }
    }
}
