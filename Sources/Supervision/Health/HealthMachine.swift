/// Keeps since when each thing that can be wrong has been wrong, and says which one counts.
///
/// Five conditions, each on or off independently of the others, each with the instant it began:
/// - in a call: on by `callStarted`, off by `callSucceeded` and `callFailed`;
/// - failing: on by `callFailed`, off by `callSucceeded`;
/// - without progress: on by a success without progress, off by one with;
/// - waiting for a gap: on by `gapWaiting`, off by `gapClosed`;
/// - starved: on by `starved`, off by `fed`.
///
/// Facts are kept without judging them; thresholds come with the question, so that they may change.
package struct HealthMachine: Sendable {
    private var callStart = CompactInstant.none
    private var firstFailure = CompactInstant.none
    private var firstIdleSuccess = CompactInstant.none
    private var gapStart = CompactInstant.none
    private var starvation = CompactInstant.none
    private var failures: UInt32 = 0

    package init() {}

    /// A call into the handler began.
    package mutating func callStarted(at now: RuntimeInstant) {
        callStart = CompactInstant(now)
    }

    /// The call returned; `progressed` tells whether it got anything done.
    package mutating func callSucceeded(at now: RuntimeInstant, progressed: Bool) {
        callStart = .none
        firstFailure = .none
        failures = 0
        if progressed { firstIdleSuccess = .none } else { firstIdleSuccess.setIfNone(now) }
    }

    /// The call threw.
    package mutating func callFailed(at now: RuntimeInstant) {
        callStart = .none
        firstFailure.setIfNone(now)
        if failures < .max { failures += 1 }
    }

    /// An event is missing; a second gap before the first is closed counts from the first.
    package mutating func gapWaiting(at now: RuntimeInstant) {
        gapStart.setIfNone(now)
    }

    /// No event is missing any more.
    package mutating func gapClosed() {
        gapStart = .none
    }

    /// There is work, but others hold what it needs.
    package mutating func starved(at now: RuntimeInstant) {
        starvation.setIfNone(now)
    }

    /// What the work needs was given.
    package mutating func fed() {
        starvation = .none
    }

    /// How it is doing at `now`.
    package func classify(at now: RuntimeInstant, thresholds: HealthThresholds) -> HealthReport {
        if let since = firstFailure.value, Int(failures) >= max(thresholds.failingAfter, 1) {
            return report(.failing(since: since, count: Int(failures)), since, now)
        }
        let conditions: [(HealthClass, CompactInstant, Duration)] = [
            (.slow, callStart, thresholds.slowAfter),
            (.stalled, firstIdleSuccess, thresholds.stalledAfter),
            (.waiting, gapStart, thresholds.waitingAfter),
            (.starved, starvation, thresholds.starvedAfter),
        ]
        for (healthClass, since, threshold) in conditions {
            guard let since = since.value, since.duration(to: now) >= threshold else { continue }
            return report(healthClass, since, now)
        }
        return report(.active, callStart.value ?? now, now)
    }

    private func report(_ healthClass: HealthClass, _ since: RuntimeInstant, _ now: RuntimeInstant) -> HealthReport {
        HealthReport(healthClass: healthClass, age: max(since.duration(to: now), .zero))
    }
}
