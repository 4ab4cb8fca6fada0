public import Supervision

/// Lets requests share work: those that arrive while a batch is in flight are answered together by the next one.
///
/// For use on its own: request while ``run()`` runs. It suits what costs about the same for one as for many: reading a
/// tail, writing to one place, asking a service. All requests of a batch get the batch's answer, or its error; who needs
/// a part of it picks that out. A request that is cancelled stops waiting and takes nothing from the others.
/// `perform` is called on this actor's executor, one call at a time, so it should await its I/O rather than block.
///
///     let gate = BatchingGate(clock: .system) { names in try await directory.lookUp(names) }
///     let address = try await gate.request("ada")["ada"]
public actor BatchingGate<Request: Sendable, Answer: Sendable> {
    private enum Lifecycle {
        case new, running, ended
    }

    private struct Waiter {
        var request: Request
        var promise: WaitingAnswer<Answer>
    }

    private nonisolated let isolationExecutor: IsolationExecutor
    private let clock: any RuntimeClock
    private let perform: @Sendable ([Request]) async throws -> Answer
    private var machine: BatchingGateMachine
    private var waiters: [BatchingGateMachine.Ticket: Waiter] = [:]
    private var lifecycle = Lifecycle.new
    private var isFinishing = false
    private let wake = WakeSignal()

    /// A gate, to be run by ``run()``.
    ///
    /// - Parameters:
    ///   - configuration: How requests are gathered.
    ///   - clock: The clock to linger on.
    ///   - executor: Where to run; nil for the runtime's default.
    ///   - perform: Answers a batch of requests, which are in the order of their arrival.
    public init(
        configuration: BatchingGateConfiguration = BatchingGateConfiguration(),
        clock: any RuntimeClock,
        executor: (any SerialExecutor)? = nil,
        perform: @escaping @Sendable (_ batch: [Request]) async throws -> Answer
    ) {
        isolationExecutor = IsolationExecutor(executor)
        self.clock = clock
        self.perform = perform
        machine = BatchingGateMachine(configuration: configuration)
    }

    /// The executor given, or one of the runtime's.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe isolationExecutor.unowned
    }

    /// The answer of the batch that the request becomes part of. Waits for ``run()`` to start, if it hasn't.
    ///
    /// - Throws: What `perform` throws for that batch; ``BatchingGateError`` after ``finish()`` or when ``run()`` ends before
    ///   the answer; `CancellationError` when the calling task is cancelled, the batch going on for the others.
    public func request(_ request: Request) async throws -> Answer {
        if isFinishing { throw BatchingGateError.finished }
        if lifecycle == .ended { throw BatchingGateError.ended }
        let promise = WaitingAnswer<Answer>()
        let ticket = machine.requestArrived(at: clock.now)
        waiters[ticket] = Waiter(request: request, promise: promise)
        wake.signal()
        await promise.signal.wait()
        guard let answer = promise.answer else {
            machine.requestWithdrawn(ticket)
            waiters[ticket] = nil
            wake.signal()
            throw CancellationError()
        }
        return try answer.get()
    }

    /// No more requests come: ``run()`` returns when all are answered.
    public func finish() {
        isFinishing = true
        wake.signal()
    }

    /// How many requests wait for a batch, those in flight not counted.
    public var waitingCount: Int { machine.waitingCount }

    /// Performs batches until ``finish()`` and everything is answered, or until its task is cancelled.
    ///
    /// - Throws: `CancellationError`; ``BatchingGateError`` if it was called before.
    public func run() async throws {
        guard lifecycle == .new else { throw BatchingGateError.alreadyRunning }
        lifecycle = .running
        while !Task.isCancelled {
            let batch = machine.takeBatch(at: clock.now)
            if !batch.isEmpty {
                await perform(batch)
            } else if isFinishing, machine.waitingCount == 0 {
                break
            } else {
                await wake.wait(until: machine.nextDeadline, clock: clock, isolation: self)
            }
        }
        lifecycle = .ended
        for waiter in waiters.values { waiter.promise.keep(.failure(BatchingGateError.ended)) }
        waiters = [:]
        try Task.checkCancellation()
    }

    private func perform(_ batch: [BatchingGateMachine.Ticket]) async {
        let answer: Result<Answer, any Error>
        do {
            answer = .success(try await perform(batch.compactMap { waiters[$0]?.request }))
        } catch {
            answer = .failure(error)
        }
        machine.batchEnded()
        for ticket in batch { waiters.removeValue(forKey: ticket)?.promise.keep(answer) }
    }
}
