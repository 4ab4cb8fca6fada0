import ActorProcessing
import Supervision
import Synchronization

/// What a process that dies leaves of a call.
struct Crash: ClassifiedError {
    var errorClass: ErrorClass { .permanent }
}

let journal = InMemoryJournal()
let store = InMemoryStore()
let shop = Shop(journal: journal)
let serving = Task { try await shop.run() }

/// Runs a reactor until nothing new comes into the journal.
func runUntilQuiet(_ reactor: Reactor, over journal: any Journal) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await reactor.run() }
        var end = FeedPosition.start
        // What follows from the last events are events, too.
        repeat {
            end = try await journal.end()
            try await reactor.waitUntilCaughtUp()
        } while try await journal.end() > end
        try await reactor.stop()
        try await group.waitForAll()
    }
}

/// Follows all events of the journal until nothing new comes.
func follow(store: any ReactorStore, afterSending: @escaping @Sendable () throws -> Void = {}) async throws {
    var configuration = ReactorConfiguration()
    configuration.restarts.onPermanent = .escalate
    let reactor = Reactor(
        name: "fulfilment", feed: try JournalFeed(journal, partitions: 4),
        handler: Fulfilment(shop: shop, afterSending: afterSending), store: store, configuration: configuration)
    try await runUntilQuiet(reactor, over: journal)
}

for product in ["tea", "milk"] {
    try await shop.stock.send(.deliver(product == "tea" ? 30 : 2), to: StreamName("Stock-\(product)"), key: "delivery")
}
for number in 1...30 {
    let product = number.isMultiple(of: 5) ? "milk" : "tea"
    try await shop.orders.send(
        .place(product: product, price: number.isMultiple(of: 7) ? 120 : 10), to: shop.order("\(number)"), key: "place",
        correlationID: "conversation \(number)")
}

// Three times the process dies right after its 25th command, before the store knows of it; the next one goes on from the store.
for run in 1...3 {
    let sent = Mutex(0)
    do {
        try await follow(store: store) {
            let isDead = sent.withLock { sent in
                sent += 1
                return sent >= 25
            }
            if isDead { throw Crash() }
        }
    } catch is Crash {
        print("run \(run) dies at position \(try await journal.end())")
    } catch let error as ReactorError where error.code == .notRunning {
        print("run \(run) dies at position \(try await journal.end())")
    }
}
try await follow(store: store)
let end = try await journal.end()
print("the last run ends at position \(end)")

// A reactor that remembers nothing gets every event again.
try await follow(store: InMemoryStore())
print("a replay of everything ends at position \(try await journal.end())")

let report = try await Report(journal)
print(report.summary)
serving.cancel()
try await serving.value
if try await journal.end() > end || !report.isSound { fatalError("a command was applied twice, or not at all") }

// The same without anybody who sends commands: baskets and shops write to each other.
if try await !Archipelago().run() { fatalError("a basket has more or less than it should have") }
