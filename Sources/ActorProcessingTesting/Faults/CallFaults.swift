import ActorProcessing
import Supervision

/// What befalls the calls of the user's code in one run of a reactor, and the record of them.
final class CallFaults: Sendable {
    let plan: HandlerFaultPlan
    let dice: FaultDice
    let events: EventFaults
    private let history: History
    private let run: Int
    private let numbers: Counter

    init(
        plan: HandlerFaultPlan, dice: FaultDice, events: EventFaults, history: History, run: Int, numbers: Counter
    ) {
        self.plan = plan
        self.dice = dice
        self.events = events
        self.history = history
        self.run = run
        self.numbers = numbers
    }

    func began(_ events: EventSpan, _ context: HandlerContext) -> Int {
        let number = numbers.next()
        history.add(
            .callBegan(
                HandlerCall(
                    number: number, stream: events.stream, indices: events.map(\.index), attempt: context.attempt,
                    isReplaying: context.isReplaying, isRetryingParked: context.isRetryingParked)), run: run)
        return number
    }

    func ended(_ call: Int, _ end: HandlerCallEnd) { history.add(.callEnded(call, end), run: run) }

    /// Whether faults befall this stream.
    func concern(_ stream: StreamName) -> Bool { plan.streams?(stream) ?? true }

    /// Lets happen to a call what is to, and returns what it says in place of handling its events.
    nonisolated(nonsending) func befall(_ context: HandlerContext) async throws -> Progress? {
        if dice.happens(plan.slow) { try await context.sleep(for: dice.duration(in: plan.delays)) }
        // What is to end ends: an operator's retry would else meet new faults for ever.
        if events.isHealed { return nil }
        if dice.strikes(plan.hang) { try await untilCancelled() }
        if dice.strikes(plan.stubborn) { await sleepIgnoringCancellation(context) }
        return answer()
    }

    /// What a call says at once in place of handling its events.
    func answer() -> Progress? {
        if events.isHealed { return nil }
        if dice.strikes(plan.notReady) { return Progress.none(retryAfter: dice.duration(in: plan.delays)) }
        if dice.strikes(plan.park) { return .park(reason: "an injected fault") }
        return nil
    }

    private nonisolated(nonsending) func sleepIgnoringCancellation(_ context: HandlerContext) async {
        let clock = context.clock
        let deadline = clock.now.advanced(by: dice.duration(in: plan.stubbornness))
        // A task of its own isn't cancelled with its caller.
        await Task { try? await clock.sleep(until: deadline, tolerance: nil) }.value
    }

    /// Where a call that is to do a part of its events stops.
    func partialEnd(of events: EventSpan) -> Int? {
        guard events.count > 1, !self.events.isHealed, dice.strikes(plan.partial) else { return nil }
        return dice.number(in: 1...events.count - 1)
    }
}
