import ActorProcessing
import Logging
import Metrics
import MetricsTestKit
import ServiceLifecycle

var logger = Logger(label: "orders")
logger.logLevel = .info
// In a server, a real backend; this one is read again below.
let metrics = TestMetrics()
MetricsSystem.bootstrap(metrics)

/// The provider can't be reached at first.
struct Unreachable: Error {}

let feed = MemoryFeed()
let reactor = Reactor(
    name: "orders", feed: feed, telemetry: TelemetryLog(logger: logger)
) { events, context in
    if events.contains(where: { $0.type == "Paid" }), context.attempt < 2 { throw Unreachable() }
    for event in events { print("\(event.stream) \(event.index): \(event.type)") }
}

for order in 1...3 {
    try feed.append([
        Event(stream: StreamName("Order-\(order)"), index: 0, type: "Created"),
        Event(stream: StreamName("Order-\(order)"), index: 1, type: "Paid"),
    ])
}

let group = ServiceGroup(
    services: [
        ReactorService(reactor: reactor, logger: logger),
        ReactorMetrics(reactor: reactor, interval: .milliseconds(20)),
    ],
    gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
async let running: Void = group.run()

// A server would run until a signal comes; this one until everything is handled and has been measured.
while metrics.recorders(label: "millrace_events_handled_total").first?.lastValue != 6 {
    try await Task.sleep(for: .milliseconds(10))
}
await group.triggerGracefulShutdown()
try await running
for gauge in metrics.recorders.sorted(by: { $0.label < $1.label }) { print(gauge.label, gauge.lastValue ?? 0) }
