import ActorProcessing
import Logging

/// What happens inside a reactor, as log lines: what went wrong and will be tried again as warnings, what somebody has to
/// look at as errors.
struct TelemetryLog: TelemetryListener {
    let logger: Logger

    func happened(_ event: TelemetryEvent) {
        switch event {
        case .batchRead(let partition, let events):
            logger.trace("read", metadata: ["partition": "\(partition)", "events": "\(events)"])
        case .checkpointSaved(let partition, let position):
            logger.debug("checkpoint", metadata: ["partition": "\(partition)", "position": "\(position)"])
        case .restarted(let stream, let attempt, let wait, let error):
            logger.warning(
                "a turn failed and is tried again",
                metadata: ["stream": "\(stream)", "attempt": "\(attempt)", "after": "\(wait)", "error": "\(error)"])
        case .parked(let stream, let failure):
            logger.error("a stream was set aside", metadata: ["stream": "\(stream)", "error": "\(failure.error)"])
        case .unparked(let stream):
            logger.notice("a stream is live again", metadata: ["stream": "\(stream)"])
        case .gapOpened(let stream, let missing):
            logger.notice("an event is missing", metadata: ["stream": "\(stream)", "index": "\(missing)"])
        case .skipped, .gapSkipped, .callAbandoned, .shardBlocked:
            logger.error("\(event)")
        default:
            logger.warning("\(event)")
        }
    }
}
