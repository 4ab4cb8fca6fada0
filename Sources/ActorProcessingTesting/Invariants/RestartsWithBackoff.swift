import ActorProcessing
public import Supervision

/// G9, for the streams of a reactor: what fails is tried again with backoff; past its intensity it is parked or escalates.
///
/// Each restart must keep to the bound of its backoff, come after no more failures than the intensity allows, and the
/// handler isn't called before the backoff is over.
public struct RestartsWithBackoff: Invariant {
    private let policy: RestartPolicy

    /// The invariant, for a reactor with this policy.
    ///
    /// - Parameter policy: the policy that was configured for streams.
    public init(_ policy: RestartPolicy) { self.policy = policy }

    public func check(_ entries: [HistoryEntry]) throws(InvariantViolation) {
        var restarts: [StreamName: [RuntimeInstant]] = [:]
        var earliest: [StreamName: RuntimeInstant] = [:]
        for (place, entry) in entries.enumerated() {
            func violated(_ message: String) -> InvariantViolation {
                InvariantViolation(self, message, at: place, in: entries)
            }
            switch entry.fact {
            case .started: (restarts, earliest) = ([:], [:])
            // Without a wait a span comes again one by one, before supervision decides about the event that fails.
            case .told(.restarted(let stream, let attempt, let wait, _)) where wait > .zero:
                if wait > policy.backoff.ceiling(forAttempt: attempt) {
                    throw violated("\(stream)'s attempt \(attempt) waits \(wait)")
                }
                let window = policy.intensity.window
                let recent = (restarts[stream] ?? []).filter { $0.advanced(by: window) > entry.time }
                if recent.count >= policy.intensity.maximumFailures {
                    throw violated("\(stream) was restarted \(recent.count + 1) times within \(window)")
                }
                restarts[stream] = recent + [entry.time]
                earliest[stream] = entry.time.advanced(by: wait)
            // What is parked, and what somebody starts afresh, begins anew.
            case .told(.parked(let stream, _)), .told(.unparked(let stream)), .retried(let stream, _):
                earliest[stream] = nil
                restarts[stream] = nil
            case .callBegan(let call):
                if let time = earliest.removeValue(forKey: call.stream), entry.time < time {
                    throw violated("\(call.stream) was called before its backoff was over")
                }
            default: break
            }
        }
    }
}
