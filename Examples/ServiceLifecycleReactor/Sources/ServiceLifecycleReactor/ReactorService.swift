import ActorProcessing
import Logging
import ServiceLifecycle

/// A reactor as a service: a graceful shutdown stops it within its grace period, and what it left is logged.
struct ReactorService: Service {
    let reactor: Reactor
    let logger: Logger

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await reactor.run() }
            group.addTask {
                do {
                    try await gracefulShutdown()
                } catch is CancellationError {
                    // The reactor has ended by itself, or is being cancelled as this is.
                    return
                }
                let report = try await reactor.stop()
                logger.info("the reactor has stopped", metadata: ["report": "\(report)"])
            }
            // Whichever ends first: a stop waits for the run's end.
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}
