public import Supervision

/// Runs work on inputs concurrently and emits the results in the order of the inputs.
///
/// For use on its own: submit inputs while ``run()`` runs. `work` and `emit` are called on this actor's executor, so
/// that work which awaits I/O overlaps; mark work that computes `@concurrent`, or it runs one call at a time. With a
/// deadline for late heads, work may run twice at once for one input: the first result wins and the other call is
/// cancelled. A call that ignores its cancellation keeps its place among the calls allowed at once.
public actor Resequencer<Input: Sendable, Output: Sendable> {
    /// What is kept of a ticket until it is emitted.
    struct Held {
        var input: Input
        var error: (any Error)?
        /// Signalled when the ticket is resolved, so that calls still running are cancelled.
        var calls: [WakeSignal] = []
    }

    /// A call of `submit` that waits for room.
    final class WaitingInput {
        enum State {
            case waiting
            case withdrawn
            case admitted(UInt64)
            case refused(ResequencerError)
        }

        let input: Input
        let signal = WakeSignal()
        var state = State.waiting

        init(_ input: Input) { self.input = input }
    }

    enum Lifecycle {
        case new, running, ended
    }

    nonisolated let isolationExecutor: IsolationExecutor
    let clock: any RuntimeClock
    let byteCount: @Sendable ([Output]) -> Int
    let work: @Sendable (Input, TicketAttempt) async throws -> [Output]
    let deadLetter: (@Sendable (Input, UInt64, (any Error)?) async throws -> Void)?
    let emit: @Sendable ([Ticketed<Output>]) async throws -> Void

    var machine: ResequenceMachine<Output>
    var lifecycle = Lifecycle.new
    var isFinishing = false
    var isDone = false
    var failure: (any Error)?
    /// The open tickets' inputs, from the machine's head on.
    var held = RingBuffer<Held>()
    var waiting = RingBuffer<WaitingInput>()
    var firstAttempts = RingBuffer<TicketAttempt>()
    var repeatedAttempts = RingBuffer<TicketAttempt>()
    var runningCalls = 0
    let wake = WakeSignal()
    let emissionWake = WakeSignal()

    /// A resequencer, to be run by ``run()``.
    ///
    /// - Parameters:
    ///   - configuration: The window, the attempts and the policy.
    ///   - clock: The clock that late heads are measured on.
    ///   - executor: Where to run; nil for the runtime's default.
    ///   - byteCount: The memory that results hold, for the window's bound in bytes.
    ///   - work: Turns an input into results. An input without results leaves no trace in the output.
    ///   - deadLetter: Puts an input aside, with its last error; needed for the policy `deadLetterWithTombstone`.
    ///     Called before its tombstone is emitted. If it throws, `run()` does.
    ///   - emit: Takes results in order; called again only after it has returned. If it throws, `run()` does.
    public init(
        configuration: ResequencerConfiguration = ResequencerConfiguration(),
        clock: any RuntimeClock,
        executor: (any SerialExecutor)? = nil,
        byteCount: @escaping @Sendable ([Output]) -> Int = { $0.count * MemoryLayout<Output>.stride },
        work: @escaping @Sendable (_ input: Input, _ attempt: TicketAttempt) async throws -> [Output],
        deadLetter: (@Sendable (_ input: Input, _ ordinal: UInt64, _ error: (any Error)?) async throws -> Void)? = nil,
        emit: @escaping @Sendable ([Ticketed<Output>]) async throws -> Void
    ) {
        precondition(
            configuration.exhausted != .deadLetterWithTombstone || deadLetter != nil,
            "The policy deadLetterWithTombstone needs somewhere to put dead letters")
        isolationExecutor = IsolationExecutor(executor)
        self.clock = clock
        self.byteCount = byteCount
        self.work = work
        self.deadLetter = deadLetter
        self.emit = emit
        machine = ResequenceMachine(configuration: configuration)
    }

    /// The executor given, or one of the runtime's.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe isolationExecutor.unowned
    }

    /// Takes an input, after waiting for room in the window and for ``run()`` to start.
    ///
    /// Inputs are taken in the order of the calls. A call that is cancelled while it waits takes no ticket.
    /// - Returns: The input's ordinal: 0 for the first input.
    /// - Throws: ``ResequencerError`` after ``finish()`` or after ``run()`` has ended; `CancellationError`.
    @discardableResult
    public func submit(_ input: Input) async throws -> UInt64 {
        if isFinishing { throw ResequencerError.finished }
        if lifecycle == .ended { throw ResequencerError.ended(failure) }
        if lifecycle == .running && waiting.isEmpty && !machine.isFull { return admit(input) }
        let place = WaitingInput(input)
        waiting.append(place)
        await place.signal.wait()
        switch place.state {
        case .admitted(let ordinal): return ordinal
        case .refused(let error): throw error
        case .waiting, .withdrawn:
            place.state = .withdrawn
            throw CancellationError()
        }
    }

    /// No more inputs come: ``run()`` returns when everything submitted has been emitted.
    public func finish() {
        isFinishing = true
        emissionWake.signal()
    }

    /// What the resequencer is doing now.
    public var status: ResequencerStatus {
        ResequencerStatus(
            openTickets: machine.openTickets, bufferedBytes: machine.bufferedBytes, runningCalls: runningCalls,
            waitingInputs: waiting.count, headWaitingSince: machine.headWaitingSince, isStarved: machine.isStarved,
            ignoredResults: machine.ignoredResolutions)
    }

    func admit(_ input: Input) -> UInt64 {
        let ordinal = machine.ticketOpened(at: clock.now)
        held.append(Held(input: input))
        firstAttempts.append(TicketAttempt(ordinal: ordinal, number: 1))
        wake.signal()
        return ordinal
    }

    func admitWaiting() {
        while !machine.isFull, let place = waiting.popFirst() {
            guard case .waiting = place.state else { continue }
            place.state = .admitted(admit(place.input))
            place.signal.signal()
        }
    }

    func refuseWaiting() {
        while let place = waiting.popFirst() {
            guard case .waiting = place.state else { continue }
            place.state = .refused(.ended(failure))
            place.signal.signal()
        }
    }
}
