import ActorProcessing
import Supervision

/// G8: shutdown drains within its grace period and says what it abandoned.
///
/// The report has to name the streams whose calls were still out when the grace period was over, and otherwise only
/// streams whose turns were given up, and to tell whether all that was read was settled.
public struct DrainsWithinGrace: Invariant {
    private let grace: Duration
    private let slack: Duration

    /// The invariant, for a reactor with this grace period.
    ///
    /// - Parameters:
    ///   - grace: the grace period that was configured.
    ///   - slack: what the store may take to save the last checkpoints.
    public init(_ grace: Duration, slack: Duration) {
        self.grace = grace
        self.slack = slack
    }

    public func check(_ entries: [HistoryEntry]) throws(InvariantViolation) {
        var asked: RuntimeInstant?
        var out: [Int: StreamName] = [:]
        var givenUp: Set<StreamName> = []
        var ended: [(stream: StreamName, time: RuntimeInstant, wasGivenUp: Bool)] = []
        var stored = StoredStreams()
        var read: [StreamName: Set<Int64>] = [:]
        var lostAnswers = 0
        for (place, entry) in entries.enumerated() {
            switch entry.fact {
            case .started: (asked, out, givenUp, ended, read, lostAnswers) = (nil, [:], [], [], [:], 0)
            case .stopRequested: asked = asked ?? entry.time
            case .told(.commitRetried): lostAnswers += asked == nil ? 0 : 1
            // It may wait until after the stop to ask again.
            case .told(.storeRetried): lostAnswers += 1
            case .read(_, let events): for event in events { read[event.stream, default: []].insert(event.index) }
            case .committed(let outcome): stored.committed(outcome)
            case .callBegan(let call): out[call.number] = call.stream
            case .callEnded(let number, _):
                if let stream = out.removeValue(forKey: number) {
                    ended.append((stream, entry.time, givenUp.remove(stream) != nil))
                }
            case .told(.callAbandoned(let stream)): givenUp.insert(stream)
            case .stopped(let report):
                guard let asked else { continue }
                func violated(_ message: String) -> InvariantViolation {
                    InvariantViolation(self, message, at: place, in: entries)
                }
                let deadline = asked.advanced(by: grace)
                if entry.time > deadline.advanced(by: slack) { throw violated("it took until \(entry.time)") }
                // Calls that come back when they are cancelled at the deadline had been given up. So had those that come
                // back, earlier than that, between the naming and the saving of the last checkpoints.
                let naming = entry.time.advanced(by: .zero - slack)
                let late = ended.filter { $0.time >= ($0.wasGivenUp ? min(naming, deadline) : deadline) }.map(\.stream)
                // A turn that waits for the store makes no call, and is given up like one.
                let (surely, perhaps) = (Set(out.values), givenUp.union(out.values).union(late))
                let named = Set(report.abandonedStreams)
                if !named.isSuperset(of: surely) || !named.isSubset(of: perhaps) {
                    throw violated("it names \(named.sorted()), but \(surely.sorted()) were in a call")
                }
                let unsettled = read.reduce(0) { sum, stream in
                    sum + stream.value.count { !stored.isSettled(stream.key, $0) }
                }
                // Of an event that came twice, or was asked for, one copy may be settled already. What was committed when the
                // time was over may not be known to be: its answer was lost. Nor what an earlier run has parked, when the store
                // didn't say so.
                let mayBeMore = unsettled > 0 || lostAnswers > 0
                if report.unsettledEvents == 0 ? unsettled > 0 : !mayBeMore {
                    throw violated("\(report.unsettledEvents) events are said to be unsettled, not \(unsettled)")
                }
            default: break
            }
        }
    }
}
