extension Resequencer {
    /// Works and emits until ``finish()`` and everything is emitted, or until its task is cancelled.
    ///
    /// All calls are child tasks: they are cancelled with it, and it returns after the last of them.
    /// - Throws: ``ResequencerError``: `attemptsExhausted` under the policy `halt`, `alreadyRunning`; what `emit` or
    ///   `deadLetter` throws; `CancellationError`.
    public func run() async throws {
        guard lifecycle == .new else { throw ResequencerError.alreadyRunning }
        lifecycle = .running
        admitWaiting()
        await withDiscardingTaskGroup { group in
            group.addImmediateTask { await self.emitInOrder() }
            while !Task.isCancelled && failure == nil && !isDone {
                if let action = machine.timeAdvanced(to: clock.now) {
                    perform(action)
                } else if !startCall(in: &group) {
                    await wake.wait(until: machine.nextDeadline, clock: clock, isolation: self)
                }
            }
            group.cancelAll()
        }
        lifecycle = .ended
        if failure == nil && !isDone { failure = CancellationError() }
        refuseWaiting()
        if let failure { throw failure }
    }

    /// Starts one call if there is one to start and a place for it.
    ///
    /// Repeated attempts go first and have places of their own: a head whose call hangs is not to wait for one.
    private func startCall(in group: inout DiscardingTaskGroup) -> Bool {
        let places = machine.configuration.maximumConcurrentWork
        var next: TicketAttempt?
        if runningCalls < places + machine.configuration.maximumAttempts { next = repeatedAttempts.popFirst() }
        if next == nil && runningCalls < places { next = firstAttempts.popFirst() }
        guard let attempt = next else { return false }
        guard let offset = machine.offsetOfUnresolved(attempt.ordinal) else { return true }
        let input = held[offset].input
        runningCalls += 1
        if machine.configuration.lateHeadDeadline == nil {
            group.addImmediateTask { await self.call(attempt, input) }
        } else {
            let superseded = WakeSignal()
            held[offset].calls.append(superseded)
            group.addImmediateTask { await self.call(attempt, input, until: superseded) }
        }
        return true
    }

    /// A call that is cancelled when another one for its ticket is first.
    private func call(_ attempt: TicketAttempt, _ input: Input, until superseded: WakeSignal) async {
        await withDiscardingTaskGroup { group in
            group.addImmediateTask {
                await self.call(attempt, input)
                superseded.signal()
            }
            await superseded.wait()
            group.cancelAll()
        }
    }

    private func call(_ attempt: TicketAttempt, _ input: Input) async {
        do {
            let results = try await work(input, attempt)
            let resolution: Resolution<Output> =
                results.isEmpty ? .nothing : .results(results, bytes: byteCount(results))
            if case .accepted = machine.resolved(attempt, resolution) { ticketResolved(attempt.ordinal) }
        } catch {
            if let offset = machine.offsetOfUnresolved(attempt.ordinal) { held[offset].error = error }
            if let action = machine.attemptFailed(attempt, at: clock.now) { perform(action) }
        }
        runningCalls -= 1
        wake.signal()
    }

    private func perform(_ action: ResequenceAction) {
        switch action {
        case .dispatchAgain(let attempt):
            repeatedAttempts.append(attempt)
        case .exhausted(let ordinal, .halt):
            failure = ResequencerError.attemptsExhausted(
                ordinal: ordinal, attempts: machine.configuration.maximumAttempts,
                underlying: machine.offset(of: ordinal).flatMap { held[$0].error })
        case .exhausted(let ordinal, .deadLetterWithTombstone), .exhausted(let ordinal, .emitError):
            ticketResolved(ordinal)
        }
    }

    private func ticketResolved(_ ordinal: UInt64) {
        guard let offset = machine.offset(of: ordinal) else { return }
        for call in held[offset].calls { call.signal() }
        held[offset].calls = []
        if offset == 0 { emissionWake.signal() }
    }

    private func emitInOrder() async {
        do {
            while !Task.isCancelled {
                var emissions: [Ticketed<Output>] = []
                var deadLetters: [(Input, UInt64, (any Error)?)] = []
                if take(&emissions, &deadLetters) {
                    for (input, ordinal, error) in deadLetters { try await deadLetter?(input, ordinal, error) }
                    if !emissions.isEmpty { try await emit(emissions) }
                } else if isFinishing && machine.openTickets == 0 && waiting.isEmpty {
                    isDone = true
                    break
                } else {
                    await emissionWake.wait()
                }
            }
        } catch {
            failure = failure ?? error
        }
        wake.signal()
    }

    /// Takes what has its turn, and lets as many waiting inputs in. False if there was nothing.
    private func take(
        _ emissions: inout [Ticketed<Output>], _ deadLetters: inout [(Input, UInt64, (any Error)?)]
    ) -> Bool {
        let maximum = machine.configuration.maximumEmission
        var ordinal = machine.headOrdinal
        let left = machine.takeEmissions(max: maximum, at: clock.now, into: &emissions)
        var place = 0
        for _ in 0..<left {
            let ticket = held.removeFirst()
            if place < emissions.count && emissions[place].ordinal == ordinal {
                if case .tombstone(let reason) = emissions[place].content {
                    emissions[place].error = ticket.error
                    if case .deadLettered = reason { deadLetters.append((ticket.input, ordinal, ticket.error)) }
                }
                place += 1
            }
            ordinal += 1
        }
        if left > 0 { wake.signal() }
        admitWaiting()
        return left > 0
    }
}
