package import Supervision

/// Owns the entities of one shard: finds and activates them, runs their turns, restarts what fails, lets go of the idle.
///
/// It and its entities are actors on one ``ShardExecutor``, so they call each other without changing threads. It knows
/// nothing of what an entity does; its ``EntityHost`` does.
package actor ShardCoordinator {
    package nonisolated let executor: ShardExecutor
    package nonisolated let inbox = ShardInbox()
    package nonisolated let configuration: CoordinatorConfiguration
    package nonisolated let host: any EntityHost

    /// The keys of this shard. The word beside a key is the host's while it is resident or passive.
    // Exclusivity isn't checked at run time for what every turn touches: nothing that runs during an access comes back here.
    @safe @exclusivity(unchecked) package var table = KeyTable()
    /// When the present round began, or a later failure in it; good enough for everything but deadlines of user code.
    @safe @exclusivity(unchecked) package internal(set) var now: RuntimeInstant
    package internal(set) var residents = 0
    package var generator: SplitMix64

    @safe @exclusivity(unchecked) var ready = ReadyQueue()
    @safe @exclusivity(unchecked) var runners: [Runner] = []
    var spareRunners: [Runner] = []
    /// How many calls have come back since outcomes were last handed over.
    var callsReturned = 0
    /// After so many their outcomes are handed over: enough to share a commit, few enough not to wait for long.
    static let callsAtOnce = 16
    var abandonedCalls = 0
    var ownedTasks = 0
    /// Of entities that fail or have failed of late, passive ones too.
    var restarts: [KeyTable.ID: RestartMachine] = [:]
    var timers = TimerWheel<CoordinatorTimer>()
    var dueTimers: [CoordinatorTimer] = []
    var isSweeping = false
    @safe @exclusivity(unchecked) var tick: UInt32 = 0
    /// Where the last search for idle keys has ended.
    var passivationCursor = 0
    var calls: [UInt64: Task<Void, Never>] = [:]
    private var endedCalls: Set<UInt64> = []
    private var lastCall: UInt64 = 0
    package internal(set) var hasGivenUp = false
    private var quietPromises: [Promise<Void>] = []
    @safe @exclusivity(unchecked) private(set) var failure: (any Error)?
    private var isStopping = false
    private var isEnded = false
    private var unreferenced: [(isolated ShardCoordinator) -> Void] = []
    private var alarm = RuntimeInstant.distantFuture

    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    package init(
        executor: ShardExecutor, configuration: CoordinatorConfiguration, host: any EntityHost, generator: SplitMix64
    ) {
        self.executor = executor
        self.configuration = configuration
        self.host = host
        self.generator = generator
        now = executor.clock.now
    }

    /// Works until it is told to stop and nothing runs any more, or until something escalates.
    package func run() async throws {
        var messages: [any ShardMessage] = []
        defer { ended() }
        if configuration.passivateAfter != nil { armPassivation() }
        while failure == nil {
            inbox.take(into: &messages)
            now = executor.clock.now
            executor.heartbeat?.beat(at: now)
            for message in messages {
                host.received(message, self)
                runReady()
                // At once, while what the outcomes refer to is still in the cache.
                host.turnsEnded(self)
                // Calls that come back don't wait for all that has gathered.
                if !runners.isEmpty || executor.hasArrivals(now: now) { await executor.standBack() }
                now = executor.clock.now
            }
            messages.removeAll(keepingCapacity: true)
            fireTimers()
            runReady()
            host.turnsEnded(self)
            callsReturned = 0
            makeRoom()
            if failure != nil { break }
            if !hasGivenUp, !ready.isEmpty, runners.count < configuration.maximumRunners {
                // More work came from commits: go on, but let calls that are out come back.
                if !runners.isEmpty || executor.hasArrivals(now: now) { await executor.standBack() }
                continue
            }
            if isQuiet { keepQuietPromises() }
            if isStopping, isQuiet || hasGivenUp { return }
            setAlarm()
            // A signal that has come already ends the wait before it began; others may never get their turn then.
            if executor.hasArrivals(now: now) { await executor.standBack() }
            await inbox.wait(on: executor)
        }
        if let failure { throw failure }
    }

    private func ended() {
        isEnded = true
        inbox.close()
        for promise in quietPromises { promise.keep(.failure(CoordinatorError.ended)) }
        quietPromises.removeAll()
    }

    /// Ends ``run()`` once nothing is running, committing or owned.
    package func stop() {
        isStopping = true
        inbox.signal()
    }

    /// Ends ``run()`` with an error.
    package func escalate(_ error: any Error) {
        if failure == nil { failure = error }
        inbox.signal()
    }

    /// Makes the drain loop look around once more.
    package nonisolated func signal() { inbox.signal() }

    /// Keeps the promise as soon as nothing is ready, running, committing or owned.
    ///
    /// It fails when ``run()`` has ended or ends before.
    package func whenQuiet(_ promise: Promise<Void>) {
        if isEnded { return promise.keep(.failure(CoordinatorError.ended)) }
        quietPromises.append(promise)
        inbox.signal()
    }

    private func keepQuietPromises() {
        for promise in quietPromises { promise.keep(.success(())) }
        quietPromises.removeAll()
    }

    /// Whether nothing is ready, running or owned.
    package var isQuiet: Bool { ready.isEmpty && runners.isEmpty && ownedTasks == 0 }

    /// Whether no turn and no task refers to an entity.
    private var isUnreferenced: Bool { runners.isEmpty && ownedTasks == 0 && abandonedCalls == 0 }

    /// Calls `body` once no turn and no task refers to an entity any more; to be asked for when ``run()`` has ended.
    package func whenUnreferenced(_ body: @escaping (isolated ShardCoordinator) -> Void) {
        unreferenced.append(body)
        callEnded()
    }

    /// A turn or a task has come to its end outside of a round.
    func callEnded() {
        inbox.signal()
        guard isEnded, isUnreferenced else { return }
        let waiting = unreferenced
        unreferenced = []
        for body in waiting { body(self) }
    }

    /// How many calls have suspended and not come back.
    package var callsInFlight: Int { runners.count }

    /// Runs a task of the host's own that the coordinator waits for when it stops. It runs at once, up to its first
    /// suspension.
    package func startTask(_ operation: @escaping (isolated ShardCoordinator) async -> Void) {
        ownedTasks += 1
        Task.immediate {
            await operation(self)
            self.ownedTasks -= 1
            self.callEnded()
        }
    }

    /// Runs a call into user code that belongs to no turn; it is cancelled when calls are given up.
    package func startCall(_ operation: @escaping (isolated ShardCoordinator) async -> Void) {
        ownedTasks += 1
        lastCall += 1
        let number = lastCall
        let task = Task.immediate {
            await operation(self)
            self.ownedTasks -= 1
            self.calls[number] = nil
            self.endedCalls.insert(number)
            self.callEnded()
        }
        // Read like an await: the call may have ended already.
        if endedCalls.remove(number) == nil { calls[number] = task }
        endedCalls.removeAll(keepingCapacity: true)
    }

    private func setAlarm() {
        var next = timers.nextDeadline ?? .distantFuture
        if let hosts = host.nextDeadline, hosts < next { next = hosts }
        if alarm <= now { alarm = .distantFuture }
        guard next < alarm else { return }
        alarm = next
        executor.schedule(inbox, at: next)
    }
}
