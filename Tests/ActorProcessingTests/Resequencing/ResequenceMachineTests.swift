import Supervision
import Testing

@testable import ActorProcessing

@Suite("Resequence machine", .timeLimit(.minutes(10)))
struct ResequenceMachineTests {
    private static func milliseconds(_ count: Int64) -> RuntimeInstant {
        RuntimeInstant(nanoseconds: count * 1_000_000)
    }

    private func machine(_ policy: ExhaustedPolicy, attempts: Int = 3) -> ResequenceMachine<String> {
        ResequenceMachine(
            configuration: ResequencerConfiguration(
                windowTickets: 4, lateHeadDeadline: .milliseconds(10), maximumAttempts: attempts, exhausted: policy))
    }

    @Test("A late head is started again with a new token; the first result wins, from whichever attempt")
    func lateHead() {
        var machine = machine(.halt)
        machine.ticketsOpened(2, at: .zero)
        #expect(machine.nextDeadline == Self.milliseconds(10))
        #expect(machine.timeAdvanced(to: Self.milliseconds(9)) == nil)
        #expect(
            machine.timeAdvanced(to: Self.milliseconds(10))
                == .dispatchAgain(TicketAttempt(ordinal: 0, number: 2)))
        #expect(machine.timeAdvanced(to: Self.milliseconds(19)) == nil)
        #expect(machine.headWaitingSince == .zero)

        let never = TicketAttempt(ordinal: 0, number: 3)
        #expect(machine.resolved(never, .nothing) == .ignoredAsUnknown)
        let first = TicketAttempt(ordinal: 0, number: 1)
        #expect(machine.resolved(first, .results(["first"], bytes: 5)) == .accepted(isHead: true))
        let second = TicketAttempt(ordinal: 0, number: 2)
        #expect(machine.resolved(second, .results(["second"], bytes: 6)) == .ignoredAsResolved)
        #expect(machine.ignoredResolutions == 1 && machine.bufferedBytes == 5)
        var emissions: [Ticketed<String>] = []
        machine.takeEmissions(at: Self.milliseconds(15), into: &emissions)
        #expect(emissions.map(\.content) == [.results(["first"])])
        #expect(machine.nextDeadline == Self.milliseconds(25), "The next head's time starts when it becomes the head")
    }

    @Test(
        "After the last attempt the policy decides",
        arguments: [
            ExhaustedPolicy.halt, .deadLetterWithTombstone, .emitError,
        ])
    func exhausted(policy: ExhaustedPolicy) {
        var machine = machine(policy, attempts: 2)
        machine.ticketsOpened(1, at: .zero)
        _ = machine.timeAdvanced(to: Self.milliseconds(10))
        #expect(machine.timeAdvanced(to: Self.milliseconds(20)) == .exhausted(ordinal: 0, policy))
        #expect(machine.timeAdvanced(to: Self.milliseconds(90)) == nil && machine.nextDeadline == nil)
        #expect(machine.resolved(TicketAttempt(ordinal: 0, number: 1), .nothing) == .ignoredAsResolved)
        var emissions: [Ticketed<String>] = []
        machine.takeEmissions(at: Self.milliseconds(20), into: &emissions)
        switch policy {
        case .halt: #expect(emissions.isEmpty && machine.isHalted)
        case .deadLetterWithTombstone: #expect(emissions.map(\.content) == [.tombstone(.deadLettered(attempts: 2))])
        case .emitError: #expect(emissions.map(\.content) == [.tombstone(.failed(attempts: 2))])
        }
    }

    @Test("An attempt that throws is repeated; a ticket is given up when no attempt is left or running")
    func failures() {
        var machine = machine(.emitError)
        machine.ticketsOpened(2, at: .zero)
        func attempt(_ number: Int) -> TicketAttempt { TicketAttempt(ordinal: 1, number: number) }
        #expect(machine.attemptFailed(attempt(1), at: .zero) == .dispatchAgain(attempt(2)))
        #expect(machine.attemptFailed(attempt(2), at: .zero) == .dispatchAgain(attempt(3)))
        #expect(machine.attemptFailed(attempt(3), at: .zero) == .exhausted(ordinal: 1, .emitError))
        #expect(machine.attemptFailed(attempt(3), at: .zero) == nil)
        #expect(machine.isHeadWaiting)
    }

    @Test("A late head whose second attempt throws still has its first one running")
    func failureBesideRunningAttempt() {
        var machine = machine(.emitError, attempts: 2)
        machine.ticketsOpened(1, at: .zero)
        _ = machine.timeAdvanced(to: Self.milliseconds(10))
        #expect(machine.attemptFailed(TicketAttempt(ordinal: 0, number: 2), at: Self.milliseconds(11)) == nil)
        #expect(machine.resolved(TicketAttempt(ordinal: 0, number: 1), .nothing) == .accepted(isHead: true))
    }

    @Test("Without a deadline nothing is started again")
    func noDeadline() {
        var machine = ResequenceMachine<String>(configuration: ResequencerConfiguration())
        machine.ticketOpened(at: .zero)
        #expect(machine.nextDeadline == nil && machine.timeAdvanced(to: .distantFuture) == nil)
    }

    @Test("A window's memory is given back when it shrinks")
    func memory() {
        var machine = ResequenceMachine<String>(configuration: ResequencerConfiguration(windowTickets: 10_000))
        let opened = machine.ticketsOpened(10_000, at: .zero)
        for ordinal in opened.reversed() { machine.resolved(ordinal, .nothing) }
        var emissions: [Ticketed<String>] = []
        #expect(machine.takeEmissions(at: .zero, into: &emissions) == 10_000)
        #expect(emissions.isEmpty && machine.window.capacity <= 64)
    }
}
