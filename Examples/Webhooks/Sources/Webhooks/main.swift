import ActorProcessing
import Foundation
import Hummingbird
import Logging

/// An event as a provider would send it.
func cloudEvent(_ order: Int, _ index: Int) -> String {
    """
    {"specversion": "1.0", "id": "\(order)-\(index)", "source": "/shop", "type": "Step", "subject": "order-\(order)", \
    "sequence": "\(index)", "data": {"step": \(index)}}
    """
}

let feed = WebhookFeed(limit: 20)
var configuration = ReactorConfiguration()
configuration.checkpointInterval = .milliseconds(100)
let reactor = Reactor(name: "webhooks", feed: feed, configuration: configuration) { events, context in
    // Something slow, so that senders have to wait.
    try await context.sleep(for: .milliseconds(20))
    for event in events { print("\(event.stream) \(event.index): \(String(decoding: event.data, as: UTF8.self))") }
}

let (ports, started) = AsyncStream<Int>.makeStream()
let server = Application(
    router: makeRouter(feed), configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
    onServerRunning: { channel in started.yield(channel.localAddress?.port ?? 0) },
    logger: Logger(label: "webhooks", factory: { _ in SwiftLogNoOpLogHandler() }))

async let reacting: Void = reactor.run()
let serving = Task { try await server.run() }

// A server would go on from here; this one is its own sender for a while.
for await port in ports {
    guard let url = URL(string: "http://127.0.0.1:\(port)/events") else { break }
    let sender = Sender(url: url)
    print("not JSON:", try await sender.send("{"))
    print("no number:", try await sender.send(cloudEvent(1, 0).replacing("sequence", with: "number")))
    var refused = 0
    for index in [1, 0, 2, 2] { refused += try await sender.sendUntilTaken(cloudEvent(1, index)) }
    for order in 2...9 {
        let events = (0..<5).map { cloudEvent(order, $0) }.joined(separator: ", ")
        refused += try await sender.sendUntilTaken("[\(events)]")
    }
    print(refused > 0 ? "some had to come again" : "there was room for all at once")
    break
}
try await reactor.waitUntilCaughtUp()
let status = try await reactor.status
print("handled \(status.handledEvents), of which \(status.duplicates) had come twice")
_ = try await reactor.stop()
try await reacting
serving.cancel()
