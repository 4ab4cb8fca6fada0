import ActorProcessing
import Supervision

/// G7: a publication of each entity's last state is attempted within its longest wait and repeated until it succeeds,
/// crashes included.
///
/// For reactors that publish every change, and histories that end with a graceful stop when all was handled.
public struct LastStatePublished: Invariant {
    private let wait: Duration

    /// The invariant, for a reactor with this longest wait.
    ///
    /// - Parameters:
    ///   - longestWait: the longest wait that was configured.
    ///   - slack: what the store may take to answer, and a failed publication to be tried again.
    public init(longestWait: Duration, slack: Duration) { wait = longestWait + slack }

    public func check(_ entries: [HistoryEntry]) throws(InvariantViolation) {
        /// Since when each stream has had a change that no publication was attempted of.
        var waiting: [StreamName: (version: Int64, since: RuntimeInstant)] = [:]
        var changed: [StreamName: Int64] = [:]
        var received: [StreamName: Int64] = [:]
        var handled = HandledStreams()
        for (place, entry) in entries.enumerated() {
            for (stream, change) in waiting where change.since.advanced(by: wait) < entry.time {
                throw InvariantViolation(
                    self, "version \(change.version) of \(stream), changed at \(change.since), isn't published yet",
                    at: place, in: entries)
            }
            let isChange = handled.isChange(entry)
            switch entry.fact {
            case .started:
                // The wait begins anew; until then nobody could publish.
                for stream in waiting.keys { waiting[stream]?.since = entry.time }
                for (stream, version) in changed where (received[stream] ?? .min) < version && waiting[stream] == nil {
                    waiting[stream] = (version, entry.time)
                }
            case .crashed, .ended:
                waiting = [:]
            case .committed(let outcome):
                guard let mark = outcome.effects?.dirty else {
                    if !isChange { continue }
                    throw InvariantViolation(
                        self, "\(outcome.stream) has changed, and isn't marked to be published", at: place, in: entries)
                }
                changed[outcome.stream] = mark.version
                waiting[outcome.stream] = (mark.version, waiting[outcome.stream]?.since ?? entry.time)
            case .publicationBegan(let stream, let version):
                if let change = waiting[stream], change.version <= version { waiting[stream] = nil }
            case .publicationReceived(let stream, let version):
                if let before = received[stream], version < before {
                    throw InvariantViolation(
                        self, "\(stream) went back from version \(before) to \(version)", at: place, in: entries)
                }
                received[stream] = version
            default: break
            }
        }
        for (stream, version) in changed.sorted(by: { $0.key < $1.key }) where (received[stream] ?? .min) < version {
            throw InvariantViolation(
                self, "the last version of \(stream), \(version), was never published", in: entries)
        }
    }
}
