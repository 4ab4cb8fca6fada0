import ActorProcessing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The command `distributed`: a shop whose slots are shared out over processes that come and go.
struct DistributedDemo {
    let options: DistributedOptions
    /// What nodes are started with.
    var executable = "/proc/self/exe"

    init(_ options: DistributedOptions) { self.options = options }

    func run() async throws(UsageError) -> ExitCode {
        #if SQLite
            do {
                return try await run(in: ScratchFiles(options.state))
            } catch let error as UsageError {
                throw error
            } catch let error as DistributedError {
                Terminal.complain("demo-reactor: \(error)\n")
                return error.code
            } catch {
                Terminal.complain("demo-reactor: \(error)\n")
                return .failed
            }
        #else
            throw UsageError("'distributed' needs a build with the package trait SQLite")
        #endif
    }
}

#if SQLite
    extension DistributedDemo {
        private enum Part: Sendable {
            case played
            case fed
            case interrupted
            case watchingEnded
        }

        private func run(in files: ScratchFiles) async throws -> ExitCode {
            let code: ExitCode
            do {
                code = try await play(files)
            } catch {
                Terminal.complain("The files are kept: \(files.state)*\nRepeat it with: \(options.command)\n")
                throw error
            }
            let isWell = code == .success || code == .interrupted
            let isRemoved = isWell && !options.keepsFiles ? try files.remove() : false
            if !isRemoved { Terminal.write("The files are kept: \(files.state)*\n") }
            if !isWell { Terminal.write("Repeat it with: \(options.command)\n") }
            return code
        }

        /// What happens in the shop of a run.
        static func scenario(_ options: DistributedOptions) -> Scenario {
            var shopOptions = ShopOptions()
            shopOptions.size = .events(options.eventCount)
            shopOptions.seed = options.seed
            // A journal is in order, and takes nothing twice.
            shopOptions.disorder = 1
            shopOptions.duplicates = 0
            var generator = ScenarioGenerator(shopOptions)
            return generator.make()
        }

        private func play(_ files: ScratchFiles) async throws -> ExitCode {
            // A node that has just died is written to all the same.
            signal(SIGPIPE, SIG_IGN)
            // Where the ends of children are ignored, nobody would hear of them.
            signal(SIGCHLD, SIG_DFL)
            let scenario = Self.scenario(options)
            let shop = try await SharedShop(files.state, slots: options.slots, ttl: options.ttl)
            let display = OwnershipDisplay(slots: options.slots, isQuiet: options.isQuiet)
            let fleet = NodeFleet(shop, options, state: files.state, executable: executable) { display.tell($0) }
            let feeder = ShopFeeder(
                shop, scenario, seed: options.seed, share: options.rounds.map { max(100, 6 * $0) } ?? 300)
            let stage = Stage(shop: shop, fleet: fleet, feeder: feeder, display: display, ttl: options.ttl)
            let isPlayed: Bool
            do {
                isPlayed = try await play(stage)
            } catch {
                await fleet.removeAll()
                display.clear()
                throw error
            }
            await fleet.removeAll()
            display.clear()
            guard isPlayed else {
                Terminal.write("Stopped before the end: nothing was compared.\n")
                try await shop.close()
                return .interrupted
            }
            let code = try await conclude(stage, scenario)
            try await shop.close()
            return code
        }

        /// - Returns: `false` when it was interrupted.
        private func play(_ stage: Stage) async throws -> Bool {
            try await withThrowingTaskGroup(of: Part.self) { group in
                group.addTask {
                    if let rounds = options.rounds {
                        try await ChaosPlay(stage: stage, options: options, rounds: rounds).run()
                    } else {
                        try await DistributedPlay(stage: stage, options: options).run()
                    }
                    return .played
                }
                group.addTask {
                    try await stage.feeder.run()
                    return .fed
                }
                group.addTask {
                    for await _ in Interrupts.stream() { return .interrupted }
                    return .watchingEnded
                }
                defer { group.cancelAll() }
                while let part = try await group.next() {
                    switch part {
                    case .played: return true
                    case .interrupted: return false
                    case .fed, .watchingEnded: continue
                    }
                }
                return false
            }
        }

        private func conclude(_ stage: Stage, _ scenario: Scenario) async throws -> ExitCode {
            let check = try await DistributedCheck(stage.shop, scenario, TroublePlan(seed: options.seed))
            Terminal.write(
                try await DistributedSummary.text(
                    check, await stage.fleet.strikes, stage.shop, repeated: stage.feeder.repeated,
                    endedByOthers: await stage.fleet.endedByOthers))
            let colors = Colors(isOn: options.hasColor && Terminal.output.takesColors)
            Terminal.write(Summary.verdict(check.verification, colors))
            return check.verification.agrees ? .success : .disagreement
        }
    }
#endif
