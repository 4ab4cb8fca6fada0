/// Decides what follows each failure of one stream or process.
///
/// It exists once per stream: 24 bytes, nothing allocated before the first failure; the policy is passed in.
///
/// States:
/// - well (``failingSince`` is nil) → failing, by ``failed(_:at:policy:using:)`` or ``finished(at:policy:using:)``;
/// - failing → failing, by the same; → well, by ``succeeded(at:)`` or ``reset()``.
package struct RestartMachine: Sendable {
    private var intensity = RestartIntensityMachine()
    private var firstFailure = CompactInstant.none
    private var attemptCount: UInt32 = 0
    private var failureCount: UInt32 = 0

    package init() {}

    /// How many times in a row the present work was ordered to start again; zero before its first failure.
    package var attempt: Int { Int(attemptCount) }

    /// How many failures there were since the last success, skipped work included.
    package var consecutiveFailures: Int { Int(failureCount) }

    /// When the first failure after the last success was; nil when all is well.
    package var failingSince: RuntimeInstant? { firstFailure.value }

    /// Whether nothing is left to remember, so that an owner who keeps machines only for what fails may drop this one.
    package var isBlank: Bool { failureCount == 0 && intensity.remembered == 0 }

    /// The work failed.
    package mutating func failed(
        _ errorClass: ErrorClass,
        at now: RuntimeInstant,
        policy: RestartPolicy,
        using generator: inout some RandomNumberGenerator
    ) -> Action {
        ended(.failed(errorClass), policy.directive(for: errorClass), at: now, policy: policy, using: &generator)
    }

    /// The work ended normally though it was meant to go on: a process's normal end is a termination too.
    package mutating func finished(
        at now: RuntimeInstant,
        policy: RestartPolicy,
        using generator: inout some RandomNumberGenerator
    ) -> Action {
        ended(.finished, policy.onFinish, at: now, policy: policy, using: &generator)
    }

    /// The work succeeded: attempts count from one again. Failures still count against the intensity until they leave
    /// its window, so that work which fails every other time is found out.
    package mutating func succeeded(at now: RuntimeInstant) {
        firstFailure = .none
        attemptCount = 0
        failureCount = 0
        intensity.forgetExpired(at: now)
    }

    /// Somebody starts the work afresh: nothing of its past counts.
    package mutating func reset() {
        self = RestartMachine()
    }

    private mutating func ended(
        _ reason: StopReason,
        _ directive: RestartDirective,
        at now: RuntimeInstant,
        policy: RestartPolicy,
        using generator: inout some RandomNumberGenerator
    ) -> Action {
        firstFailure.setIfNone(now)
        if failureCount < .max { failureCount += 1 }
        guard directive == .restart, intensity.failed(at: now, limit: policy.intensity) else {
            return carryOut(directive, reason, policy: policy, using: &generator)
        }
        let exceeded = StopReason.intensityExceeded(policy.intensity)
        return carryOut(policy.onIntensityExceeded, exceeded, policy: policy, using: &generator)
    }

    private mutating func carryOut(
        _ directive: RestartDirective,
        _ reason: StopReason,
        policy: RestartPolicy,
        using generator: inout some RandomNumberGenerator
    ) -> Action {
        guard directive == .restart else {
            // What comes next is other work, or the same started afresh by somebody.
            attemptCount = 0
            return Action(directive, reason)
        }
        if attemptCount < .max { attemptCount += 1 }
        return .restart(after: policy.backoff.delay(forAttempt: attempt, using: &generator), attempt: attempt)
    }
}
