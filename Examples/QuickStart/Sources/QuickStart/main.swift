import ActorProcessing

// A feed of two streams; a real one reads a database, files or a broker.
let feed = MemoryFeed()
try feed.append([
    Event(stream: StreamName("Customer-ada"), index: 0, type: "Registered"),
    Event(stream: StreamName("Customer-bob"), index: 0, type: "Registered"),
    Event(stream: StreamName("Customer-ada"), index: 2, type: "Paid"),
    Event(stream: StreamName("Customer-ada"), index: 1, type: "Ordered"),
    Event(stream: StreamName("Customer-ada"), index: 1, type: "Ordered"),
])
feed.finish()

// Called once for each span of events that one stream has ready: in order, never twice at once for a stream.
let reactor = Reactor(name: "greeter", feed: feed) { events, _ in
    for event in events { print("\(event.stream) \(event.index): \(event.type)") }
}
try await reactor.run()
