import Supervision
import Testing

@Suite("RestartMachine")
struct RestartMachineTests {
    private var generator = SplitMix64(seed: 1)
    /// No wait, so that actions can be compared.
    private let policy = RestartPolicy(
        backoff: Backoff(base: .zero, cap: .zero),
        intensity: RestartIntensity(maximumFailures: 3, within: .seconds(100))
    )

    @Test("It is small: a million streams have one each")
    func size() {
        #expect(MemoryLayout<RestartMachine>.size <= 24)
    }

    @Test("Failures in a row are restarted with rising attempts; past the intensity it stops")
    mutating func attemptsRise() {
        var machine = RestartMachine()
        for attempt in 1...3 {
            let action = machine.failed(.retriable, at: .seconds(Int64(attempt)), policy: policy, using: &generator)
            #expect(action == .restart(after: .zero, attempt: attempt))
            #expect(machine.attempt == attempt)
        }
        let last = machine.failed(.retriable, at: .seconds(4), policy: policy, using: &generator)
        #expect(last == .stop(.intensityExceeded(policy.intensity)))
        #expect(machine.failingSince == .seconds(1))
        #expect(machine.consecutiveFailures == 4)
    }

    @Test("The wait is that of the attempt")
    mutating func waits() {
        let backoff = Backoff(base: .seconds(1), factor: 10, cap: .seconds(5_000))
        let policy = RestartPolicy(
            backoff: backoff, intensity: RestartIntensity(maximumFailures: 9, within: .seconds(9)))
        var machine = RestartMachine()
        var same = generator
        for attempt in 1...5 {
            let action = machine.failed(.timedOut, at: .zero, policy: policy, using: &generator)
            #expect(action == .restart(after: backoff.delay(forAttempt: attempt, using: &same), attempt: attempt))
        }
    }

    @Test("A success resets the attempts, not the intensity: work that fails every other time is found out")
    mutating func successKeepsIntensity() {
        var machine = RestartMachine()
        for second in 0..<3 {
            let now = RuntimeInstant.seconds(Int64(second))
            let action = machine.failed(.retriable, at: now, policy: policy, using: &generator)
            #expect(action == .restart(after: .zero, attempt: 1))
            machine.succeeded(at: now)
            #expect(machine.attempt == 0)
            #expect(machine.failingSince == nil)
            #expect(machine.consecutiveFailures == 0)
        }
        #expect(
            machine.failed(.retriable, at: .seconds(3), policy: policy, using: &generator)
                == .stop(.intensityExceeded(policy.intensity))
        )
    }

    @Test("Started afresh by somebody, nothing of the past counts")
    mutating func reset() {
        var machine = RestartMachine()
        for _ in 0..<4 { _ = machine.failed(.retriable, at: .zero, policy: policy, using: &generator) }
        machine.reset()
        #expect(machine.isBlank)
        #expect(
            machine.failed(.retriable, at: .zero, policy: policy, using: &generator)
                == .restart(after: .zero, attempt: 1)
        )
    }

    @Test("Skipped work doesn't raise the attempt of the next, but the stream is failing all the same")
    mutating func resume() {
        var policy = policy
        policy.onPermanent = .resume
        var machine = RestartMachine()
        _ = machine.failed(.retriable, at: .seconds(1), policy: policy, using: &generator)
        #expect(machine.failed(.permanent, at: .seconds(2), policy: policy, using: &generator) == .resume)
        #expect(machine.attempt == 0)
        #expect(machine.consecutiveFailures == 2)
        #expect(machine.failingSince == .seconds(1))
    }

    @Test("A success after the window leaves nothing to remember")
    mutating func blank() {
        var machine = RestartMachine()
        _ = machine.failed(.retriable, at: .seconds(1), policy: policy, using: &generator)
        machine.succeeded(at: .seconds(2))
        #expect(!machine.isBlank)
        machine.succeeded(at: .seconds(101))
        #expect(machine.isBlank)
    }

    @Test("A normal end follows its own directive")
    mutating func finished() {
        var machine = RestartMachine()
        let restarted = machine.finished(at: .zero, policy: policy, using: &generator)
        #expect(restarted == .restart(after: .zero, attempt: 1))
        var once = policy
        once.onFinish = .stop
        #expect(machine.finished(at: .zero, policy: once, using: &generator) == .stop(.finished))
    }
}
