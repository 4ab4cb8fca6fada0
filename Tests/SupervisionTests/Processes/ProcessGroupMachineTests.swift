import Supervision
import Testing

@Suite("ProcessGroupMachine")
struct ProcessGroupMachineTests {
    private var generator = SplitMix64(seed: 1)
    private var machine = ProcessGroupMachine(
        configuration: ProcessGroupConfiguration(
            policy: RestartPolicy(
                backoff: Backoff(base: .zero, cap: .zero),
                intensity: RestartIntensity(maximumFailures: 2, within: .seconds(100)),
                onPermanent: .escalate,
                onIntensityExceeded: .escalate
            ),
            stableAfter: .seconds(50)
        )
    )
    private let first = RunID(number: 1)
    private let second = RunID(number: 2)

    @Test("G9: a process that ends is started again with backoff")
    mutating func restarts() throws {
        _ = machine.groupStarted(at: .zero)
        #expect(try machine.processAdded("a", at: .zero) == [.startProcess(name: "a", run: first)])
        let ended = machine.processEnded(first, .failed(.retriable), at: .seconds(1), using: &generator)
        #expect(ended == [.startBackoff(second, delay: .zero)])
        let elapsed = machine.backoffElapsed(second, at: .seconds(2))
        #expect(elapsed == [.startProcess(name: "a", run: RunID(number: 3))])
    }

    @Test("G9: a normal end is a termination too")
    mutating func restartsAfterNormalEnd() throws {
        _ = machine.groupStarted(at: .zero)
        _ = try machine.processAdded("a", at: .zero)
        let ended = machine.processEnded(first, .finished, at: .seconds(1), using: &generator)
        #expect(ended == [.startBackoff(second, delay: .zero)])
    }

    @Test("G9: past a process's intensity the failure escalates: the others stop, then the group ends")
    mutating func escalates() throws {
        _ = machine.groupStarted(at: .zero)
        _ = try machine.processAdded("a", at: .zero)
        _ = try machine.processAdded("b", at: .zero)
        for second in 1...2 { try failAndRestart("a", at: .seconds(Int64(second))) }
        let run = try #require(machine.aliveRun(of: "a"))
        let ended = machine.processEnded(run, .failed(.retriable), at: .seconds(3), using: &generator)
        #expect(ended == [.cancelProcess(run: second)])
        #expect(machine.status(at: .seconds(3)).phase == .ending)
        let limit = RestartIntensity(maximumFailures: 2, within: .seconds(100))
        #expect(
            machine.processEnded(second, .failed(.cancelled), at: .seconds(4), using: &generator)
                == [.finishGroup(.escalated(name: "a", .intensityExceeded(limit)))]
        )
        #expect(machine.isIdle)
    }

    @Test("A run that was stable starts its backoff anew, but counts against the intensity")
    mutating func stable() throws {
        _ = machine.groupStarted(at: .zero)
        _ = try machine.processAdded("a", at: .zero)
        try failAndRestart("a", at: .seconds(1))
        #expect(machine.status(at: .seconds(50)).processes[0].attempt == 1)
        #expect(machine.status(at: .seconds(51)).processes[0].attempt == 0)
        try failAndRestart("a", at: .seconds(51))
        #expect(machine.status(at: .seconds(51)).processes[0].attempt == 1)
        let run = try #require(machine.aliveRun(of: "a"))
        _ = machine.processEnded(run, .failed(.retriable), at: .seconds(100), using: &generator)
        #expect(machine.isIdle, "the third failure within 100 seconds escalates")
    }

    @Test("The kill switch stops all, the last added first, and refuses starts until released")
    mutating func killSwitch() throws {
        _ = machine.groupStarted(at: .zero)
        _ = try machine.processAdded("a", at: .zero)
        _ = try machine.processAdded("b", at: .zero)
        #expect(
            machine.killSwitchEngaged(at: .seconds(1)) == [.cancelProcess(run: second), .cancelProcess(run: first)])
        #expect(machine.stopCause(of: first) == .killSwitch)
        #expect(machine.killSwitchEngaged(at: .seconds(2)) == [])
        #expect(machine.status(at: .seconds(3)).killedFor == .seconds(2))
        #expect(try machine.processAdded("c", at: .seconds(3)) == [])
        #expect(throws: SupervisionError.self) { try machine.restartRequested("a", at: .seconds(3)) }
        #expect(machine.processEnded(first, .failed(.cancelled), at: .seconds(4), using: &generator) == [])
        #expect(
            machine.killSwitchReleased(at: .seconds(5)) == [
                .startProcess(name: "a", run: RunID(number: 3)), .startProcess(name: "c", run: RunID(number: 4)),
            ]
        )
        #expect(
            machine.processEnded(second, .failed(.cancelled), at: .seconds(6), using: &generator)
                == [.startProcess(name: "b", run: RunID(number: 5))]
        )
    }

    @Test("A group that ended starts all its processes afresh, those that were stopped included")
    mutating func startsAfresh() throws {
        _ = machine.groupStarted(at: .zero)
        _ = try machine.processAdded("a", at: .zero)
        #expect(machine.stopRequested(first, at: .zero) == [.cancelProcess(run: first)])
        #expect(machine.processEnded(first, .finished, at: .zero, using: &generator) == [])
        #expect(machine.status(at: .zero).processes.map(\.state) == [.stopped(.requested)])
        #expect(machine.shutdownRequested(at: .zero) == [.finishGroup(.stopped)])
        #expect(machine.groupStarted(at: .zero) == [.startProcess(name: "a", run: second)])
    }

    @Test("The status tells names, states, attempts and ages")
    mutating func status() throws {
        _ = try machine.processAdded("a", at: .seconds(1))
        #expect(machine.status(at: .seconds(3)).processes.map(\.state) == [.held])
        #expect(machine.status(at: .seconds(3)).processes.map(\.age) == [.seconds(2)])
        _ = machine.groupStarted(at: .seconds(4))
        _ = machine.processEnded(first, .failed(.timedOut), at: .seconds(5), using: &generator)
        let status = try #require(machine.status(at: .seconds(7)).processes.first)
        #expect(status.state == .backingOff(remaining: .zero))
        #expect(status.age == .seconds(2))
        #expect(status.attempt == 1)
        #expect(status.consecutiveFailures == 1)
        #expect(status.failingFor == .seconds(2))
        #expect(status.starts == 1)
    }

    private mutating func failAndRestart(_ name: String, at now: RuntimeInstant) throws {
        let run = try #require(machine.aliveRun(of: name))
        for action in machine.processEnded(run, .failed(.retriable), at: now, using: &generator) {
            guard case .startBackoff(let backoff, _) = action else { continue }
            _ = machine.backoffElapsed(backoff, at: now)
        }
    }
}
