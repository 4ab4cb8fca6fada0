import ActorProcessing
import Sharding

/// G1: at most one handler runs per stream in a process; across processes at most one can commit.
///
/// A call that was given up still counts as long as it hasn't come back.
public struct SingleHandlerPerStream: Invariant {
    /// The invariant.
    public init() {}

    public func check(_ entries: [HistoryEntry]) throws(InvariantViolation) {
        var running: [RunStream: Int] = [:]
        var streams: [Int: RunStream] = [:]
        var epochs: [Fence.Scope: UInt64] = [:]
        for (place, entry) in entries.enumerated() {
            switch entry.fact {
            case .callBegan(let call):
                let stream = RunStream(run: entry.run, stream: call.stream)
                if let other = running[stream] {
                    throw InvariantViolation(
                        self, "call \(call.number) of \(call.stream) began while call \(other) ran", at: place,
                        in: entries)
                }
                running[stream] = call.number
                streams[call.number] = stream
            case .callEnded(let number, _):
                if let stream = streams.removeValue(forKey: number) { running[stream] = nil }
            case .ownershipTaken(let fence):
                epochs[fence.scope] = max(fence.epoch, epochs[fence.scope] ?? 0)
            case .committed(let outcome):
                if outcome.fence.epoch != epochs[outcome.fence.scope] {
                    throw InvariantViolation(
                        self, "an outcome of \(outcome.stream) was committed under epoch \(outcome.fence.epoch)",
                        at: place, in: entries)
                }
            default: break
            }
        }
    }

    private struct RunStream: Hashable {
        var run: Int
        var stream: StreamName
    }
}
