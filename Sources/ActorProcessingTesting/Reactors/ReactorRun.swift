public import ActorProcessing
public import Sharding
import Supervision
import Synchronization

/// One run of a reactor in a ``ReactorSimulation``, and all that the reactor is made of: feed, store, runtime, and
/// wrappers for the user's code.
public final class ReactorRun: Sendable {
    /// Counts the starts of the reactor from 1.
    public let number: Int
    /// What the reactor reads.
    public let feed: FaultyFeed
    /// Where it keeps what is to outlive it.
    public let store: FaultyStore
    /// What it runs on.
    public let runtime: Runtime
    /// What it may tell, for the history.
    public let telemetry: any TelemetryListener

    let life: ReactorSimulation
    let ending = Promise<ProcessEnd>()

    init(number: Int, life: ReactorSimulation, random: SplitMix64) {
        self.number = number
        self.life = life
        let (simulation, history, ending) = (life.simulation, life.history, ending)
        let runtime = simulation.runtime()
        let clock = simulation.clock
        self.runtime = runtime
        feed = life.feed
        telemetry = RecordingListener(history: history, run: number)
        store = FaultyStore(
            RecordingStore(life.store, history: history, run: number), plan: life.storePlan, random: random,
            sleep: { try await clock.sleep(for: $0) },
            onCrash: { Self.die(simulation, runtime, history, number, ending) })
    }

    /// A handler of the user's, with the plan's faults, whose calls are written down.
    public func handler<Handler: StreamHandler>(_ handler: Handler) -> FaultyHandler<Handler> {
        FaultyHandler(wrapped: handler, faults: callFaults())
    }

    /// A handler of the user's that never suspends, with the plan's faults, whose calls are written down.
    public func synchronousHandler<Handler: SynchronousStreamHandler>(
        _ handler: Handler
    ) -> FaultySynchronousHandler<Handler> {
        FaultySynchronousHandler(wrapped: handler, faults: callFaults())
    }

    /// A machine of the user's, with the plan's faults.
    public func machine<Machine: StreamMachine>(_ machine: Machine) -> FaultyMachine<Machine> {
        FaultyMachine(wrapped: machine, faults: callFaults())
    }

    private func callFaults() -> CallFaults {
        CallFaults(
            plan: life.plan.handler, dice: life.callDice, events: life.eventFaults, history: life.history, run: number,
            numbers: life.callNumbers)
    }

    /// A receiver of results.
    public func emitting(
        _ receive: @escaping @Sendable ([Resequenced]) async throws -> Void = { _ in }
    ) -> @Sendable ([Resequenced]) async throws -> Void {
        { [self] results in
            try await befall("emission") {
                try await receive(results)
                life.history.add(.emitted(results), run: number)
            }
        }
    }

    /// A receiver of outputs.
    public func delivering(
        _ receive: @escaping @Sendable ([StreamOutput]) async throws -> Void = { _ in }
    ) -> @Sendable ([StreamOutput]) async throws -> Void {
        { [self] outputs in
            try await befall("delivery") {
                try await receive(outputs)
                life.history.add(.delivered(outputs), run: number)
            }
        }
    }

    /// A receiver of publications.
    public func publishing<State>(
        _ receive: @escaping @Sendable (Publication<State>) async throws -> Void = { _ in }
    ) -> @Sendable (Publication<State>) async throws -> Void {
        { [self] publication in
            let (stream, version) = (publication.stream, publication.version)
            life.history.add(.publicationBegan(stream, version: version), run: number)
            do {
                try await befall("publication") {
                    try await receive(publication)
                    life.history.add(.publicationReceived(stream, version: version), run: number)
                }
            } catch {
                life.history.add(.publicationEnded(stream, version: version, succeeded: false), run: number)
                throw error
            }
            life.history.add(.publicationEnded(stream, version: version, succeeded: true), run: number)
        }
    }

    private func befall(_ what: String, _ body: () async throws -> Void) async throws {
        let plan = life.plan.sinks
        if life.sinkDice.happens(plan.delay) {
            try await life.simulation.clock.sleep(for: life.sinkDice.duration(in: plan.delays))
        }
        if life.sinkDice.strikes(plan.failBefore) { throw InjectedFault("the \(what) failed") }
        try await body()
        if life.sinkDice.strikes(plan.failAfter) { throw InjectedFault("the answer of the \(what) is lost") }
    }

    /// Lets the process die once so many more steps have been made, unless it has ended by then.
    public func crash(after steps: Int) {
        let (simulation, runtime, history, number, ending) = (life.simulation, runtime, life.history, number, ending)
        simulation.afterSteps(steps) { Self.die(simulation, runtime, history, number, ending) }
    }

    /// Lets the process die now.
    public func crash() { Self.die(life.simulation, runtime, life.history, number, ending) }

    /// Counts the process as stuck if it hasn't ended after so long.
    func giveUp(after limit: Duration) {
        let ending = ending
        Task {
            try? await life.simulation.advance(by: limit)
            ending.keep(.success(.stuck))
        }
    }

    private static func die(
        _ simulation: Simulation, _ runtime: Runtime, _ history: History, _ number: Int,
        _ ending: Promise<ProcessEnd>
    ) {
        guard ending.isOpen else { return }
        simulation.kill(runtime)
        history.add(.crashed, run: number)
        ending.keep(.success(.crashed))
    }

    /// Makes the reactor and starts it, as a process of its own: nothing of it outlives a crash.
    public func start(_ make: (ReactorRun) throws -> Reactor) async throws -> ReactorProcess {
        let reactor = try make(self)
        life.history.add(.started, run: number)
        let launcher = try runtime.start()
        let (history, number, ending) = (life.history, number, ending)
        await ProcessLauncher(launcher).launch {
            do {
                try await reactor.run()
                history.add(.ended(nil), run: number)
                ending.keep(.success(.finished))
            } catch {
                history.add(.ended(error), run: number)
                ending.keep(.success(.failed(error)))
            }
            launcher.shutdown()
        }
        return ReactorProcess(reactor: reactor, run: self)
    }
}
