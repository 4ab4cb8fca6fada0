import Supervision
import Testing

/// Remembers everything that ever happened, and decides by looking at all of it.
private struct RestartModel {
    enum Fact {
        case restarted(RuntimeInstant, counted: Bool)
        case notRestarted(RuntimeInstant, counted: Bool)
        case succeeded
    }

    let policy: RestartPolicy
    var facts: [Fact] = []

    private var sinceSuccess: ArraySlice<Fact> {
        let last = facts.lastIndex { if case .succeeded = $0 { true } else { false } }
        return facts[(last.map { $0 + 1 } ?? 0)...]
    }

    var consecutiveFailures: Int { sinceSuccess.count }

    var failingSince: RuntimeInstant? {
        switch sinceSuccess.first {
        case .restarted(let time, _), .notRestarted(let time, _): time
        case .succeeded, nil: nil
        }
    }

    /// The restarts at the very end of the facts.
    var attempt: Int {
        facts.reversed().prefix { if case .restarted = $0 { true } else { false } }.count
    }

    func counted(after now: RuntimeInstant) -> Int {
        facts.count { fact in
            switch fact {
            case .restarted(let time, counted: true), .notRestarted(let time, counted: true):
                time.duration(to: now) < policy.intensity.window
            default: false
            }
        }
    }

    /// What is to follow; true when past the intensity.
    mutating func failed(_ errorClass: ErrorClass, at now: RuntimeInstant) -> (RestartDirective, exceeded: Bool) {
        let first = policy.directive(for: errorClass)
        let exceeded = first == .restart && counted(after: now) + 1 > policy.intensity.maximumFailures
        let directive = exceeded ? policy.onIntensityExceeded : first
        let counts = first == .restart
        facts.append(directive == .restart ? .restarted(now, counted: counts) : .notRestarted(now, counted: counts))
        return (directive, exceeded)
    }
}

@Suite("RestartMachine, properties")
struct RestartMachinePropertyTests {
    @Test("It decides as one that remembers everything", arguments: Seeds.many)
    func againstModel(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let policy = Self.policy(&generator)
        var model = RestartModel(policy: policy)
        var machine = RestartMachine()
        var jitter = generator.split()
        var now = RuntimeInstant.zero
        for _ in 0..<150 {
            now = now.advanced(by: .milliseconds(generator.pick([0, 10, 1_000, 3_000, 20_000])))
            if generator.oneIn(4) {
                machine.succeeded(at: now)
                model.facts.append(.succeeded)
            } else {
                let errorClass = generator.pick(ErrorClass.allCases)
                var same = jitter
                let action = machine.failed(errorClass, at: now, policy: policy, using: &jitter)
                let (directive, exceeded) = model.failed(errorClass, at: now)
                let reason = exceeded ? StopReason.intensityExceeded(policy.intensity) : .failed(errorClass)
                let expected: RestartMachine.Action =
                    switch directive {
                    case .restart:
                        .restart(
                            after: policy.backoff.delay(forAttempt: model.attempt, using: &same),
                            attempt: model.attempt
                        )
                    case .resume: .resume
                    case .stop: .stop(reason)
                    case .escalate: .escalate(reason)
                    }
                #expect(action == expected)
            }
            #expect(machine.attempt == model.attempt)
            #expect(machine.consecutiveFailures == model.consecutiveFailures)
            #expect(machine.failingSince == model.failingSince)
        }
    }

    private static func policy(_ generator: inout SplitMix64) -> RestartPolicy {
        let directives: [RestartDirective] = [.restart, .restart, .restart] + RestartDirective.allCases
        return RestartPolicy(
            backoff: Backoff(base: .milliseconds(50), factor: 2, cap: .seconds(1)),
            intensity: RestartIntensity(
                maximumFailures: generator.below(5),
                within: .seconds(generator.pick([1, 5, 60, 100_000]))
            ),
            onRetriable: generator.pick(directives),
            onPermanent: generator.pick(directives),
            onTimedOut: generator.pick(directives),
            onCancelled: generator.pick(directives),
            onIntensityExceeded: generator.pick(directives)
        )
    }
}
