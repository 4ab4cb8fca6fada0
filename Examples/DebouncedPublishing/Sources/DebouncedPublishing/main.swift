import ActorProcessing
import Synchronization

/// The display refuses the first state that it is sent.
struct DisplayBusy: Error {}
let isFirst = Atomic(true)

var configuration = ReactorConfiguration()
configuration.debounce = DebounceConfiguration(
    quietPeriod: .milliseconds(50), longestWait: .milliseconds(200), retryDelay: .milliseconds(10))

let feed = MemoryFeed()
let reactor = Reactor(name: "thermometers", feed: feed, handler: Thermometer(), configuration: configuration) {
    if isFirst.exchange(false, ordering: .relaxed) {
        print("\($0.stream): the display is busy")
        throw DisplayBusy()
    }
    print("\($0.stream): \($0.state.degrees) degrees after \($0.state.readings) readings")
}
async let running: Void = reactor.run()

// Three bursts of readings, none quiet for long enough but the pauses between them.
let rooms = try [StreamName("Room-kitchen"), StreamName("Room-attic")]
for reading in 0..<60 {
    for room in rooms {
        try feed.append([
            Event(stream: room, index: Int64(reading), type: "Measured", data: Array("\(15 + reading % 10)".utf8))
        ])
    }
    try await Task.sleep(for: .milliseconds(reading % 20 == 19 ? 120 : 2))
}

// Publishes what is still due at once.
try await reactor.waitUntilCaughtUp()
let status = try await reactor.status
print(
    "\(status.handledEvents) readings, \(status.published) publications, \(status.savedPublications) changes without one"
)
feed.finish()
try await running
