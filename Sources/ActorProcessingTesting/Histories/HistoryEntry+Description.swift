import ActorProcessing
import Sharding

extension HistoryEntry: CustomStringConvertible {
    public var description: String { "\(time) run \(run): \(fact)" }
}

extension HistoryFact: CustomStringConvertible {
    public var description: String {
        switch self {
        case .started: "started"
        case .crashed: "crashed"
        case .stopRequested: "asked to stop"
        case .stopped(let report): "stopped: \(report)"
        case .ended(let error): "ended\(error.map { " with \($0)" } ?? "")"
        case .ownershipTaken(let fence): "epoch \(fence.epoch) of \(fence.scope)"
        case .ownershipReleased(let fence): "epoch \(fence.epoch) of \(fence.scope) given back"
        case .replaced(let old, let new): "\(new.scope.reactor) has taken the place of \(old.scope.reactor)"
        case .read(let partition, let events):
            "read from \(partition): \(events.map { "\($0.stream)#\($0.index)@\($0.position)" })"
        case .callBegan(let call):
            "call \(call.number) of \(call.stream)\(call.indices)\(call.isRetryingParked ? " out of the lot" : "")"
        case .callEnded(let number, let end): "call \(number) ended: \(end)"
        case .committed(let outcome): "committed \(outcome.summary)"
        case .checkpointSaved(let key, let position): "checkpoint of \(key.feed)/\(key.partition) at \(position)"
        case .publicationBegan(let stream, let version): "publication of \(stream) at \(version) begun"
        case .publicationReceived(let stream, let version): "publication of \(stream) at \(version) received"
        case .publicationEnded(let stream, let version, let succeeded):
            "publication of \(stream) at \(version) \(succeeded ? "succeeded" : "failed")"
        case .emitted(let results): "emitted \(results.map(\.summary))"
        case .delivered(let outputs): "delivered \(outputs.map { "\($0.stream)@\($0.row.position).\($0.row.ordinal)" })"
        case .told(let event): "told: \(event)"
        case .looked(let status): "looked: \(status.handledEvents) handled, \(status.eventsInFlight) in flight"
        case .caughtUp(let status): "caught up: \(status.handledEvents) handled, \(status.eventsInFlight) in flight"
        case .retried(let stream, let error): "retried \(stream)\(error.map { ": \($0)" } ?? "")"
        }
    }
}

extension Outcome {
    fileprivate var summary: String {
        var text = "\(stream) \(expected) → \(position) by \(fence.epoch)"
        guard let effects else { return text }
        if let isParked = effects.isParked { text += isParked ? ", parked" : ", live again" }
        if !effects.parked.isEmpty { text += ", into the lot: \(effects.parked.map(\.event.index))" }
        if !effects.unparked.isEmpty { text += ", out of the lot: \(effects.unparked)" }
        if !effects.skipped.isEmpty { text += ", skipped: \(effects.skipped.map(\.indices))" }
        if !effects.results.isEmpty { text += ", results: \(effects.results.map { "\($0.ticket).\($0.ordinal)" })" }
        if let dirty = effects.dirty { text += ", dirty at \(dirty.version)" }
        return text
    }
}

extension Resequenced {
    fileprivate var summary: String {
        switch self {
        case .result(let row, _): "\(row.ticket).\(row.ordinal)\(row.isLate ? " late" : "")"
        case .tombstone(let ticket, _): "\(ticket) †"
        }
    }
}
