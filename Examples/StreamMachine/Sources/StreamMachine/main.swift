import ActorProcessing

let order = try StreamName("Order-4711")
let feed = MemoryFeed()
let reactor = Reactor(name: "orders", feed: feed, machine: OrderMachine(patience: .milliseconds(50)))

let (outputs, continuation) = AsyncStream<Output>.makeStream()
reactor.onOutputs { group in
    for output in group { continuation.yield(output.row.output) }
}
async let running: Void = reactor.run()

// The product comes before the order: the machine stashes it.
try feed.append([Event(stream: order, index: 0, type: "ProductAdded", data: Array("tea".utf8))])
try await reactor.waitUntilCaughtUp()
do {
    print(try await reactor.ask(order, OrderMachine.Command.list, reply: String.self))
} catch let error as HandlerError {
    print("before it is created: \(error)")
}

try feed.append([
    Event(stream: order, index: 1, type: "OrderCreated"),
    Event(stream: order, index: 2, type: "ProductAdded", data: Array("milk".utf8)),
])
try await reactor.waitUntilCaughtUp()
print("created:", try await reactor.ask(order, OrderMachine.Command.list, reply: String.self))

// Nobody pays, so the timer fires; then somebody does.
for await output in outputs {
    print("output: \(output.type) \(String(decoding: output.data, as: UTF8.self))")
    if output.type == "Ship" { break }
    try feed.append([Event(stream: order, index: 3, type: "PaymentReceived")])
}
print("in the end:", try await reactor.ask(order, OrderMachine.Command.list, reply: String.self))

feed.finish()
try await running
