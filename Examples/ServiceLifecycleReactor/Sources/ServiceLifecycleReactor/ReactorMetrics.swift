import ActorProcessing
import Metrics
import ServiceLifecycle

/// A look at a reactor every so often, as metrics.
struct ReactorMetrics: Service {
    let reactor: Reactor
    var interval = Duration.seconds(10)

    func run() async throws {
        let counters = Counters()
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // A reactor that isn't running yet, or any more, has no status; a sleep that is cut short is the end.
                if let status = try? await reactor.status { counters.record(status) }
                try? await Task.sleep(for: interval)
            }
        }
    }

    /// The metrics, by the names that Prometheus wants. What only rises is a gauge here as well: a status holds sums.
    private struct Counters {
        let handled = Gauge(label: "millrace_events_handled_total")
        let duplicates = Gauge(label: "millrace_events_duplicate_total")
        let restarts = Gauge(label: "millrace_restarts_total")
        let parked = Gauge(label: "millrace_streams_parked_total")
        let streams = Gauge(label: "millrace_streams_active")
        let inFlight = Gauge(label: "millrace_events_in_flight")
        let latency = Gauge(label: "millrace_latency_p99_seconds")

        func record(_ status: ReactorStatus) {
            handled.record(status.handledEvents)
            duplicates.record(status.duplicates)
            restarts.record(status.restarts)
            parked.record(status.parkedStreams)
            streams.record(status.activeStreams)
            inFlight.record(status.eventsInFlight)
            if let p99 = status.latency.value(at: 0.99) { latency.record(p99 / .seconds(1)) }
        }
    }
}
