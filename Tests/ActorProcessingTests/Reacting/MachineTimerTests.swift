import Sharding
import Testing

@testable import ActorProcessing

/// A machine that keeps no state in the store and does nothing but set a timer.
private struct AlarmClock: StreamMachine {
    var initialState: Int { 0 }

    func receive(_ message: StreamMessage<Event, Never>, in state: Int) throws -> Step<Int, Never> {
        switch message {
        case .event: .become(state + 1).settingTimer("alarm", after: .milliseconds(1))
        case .timer(let name): .stay.sending(Output(type: name))
        }
    }
}

@Suite(.timeLimit(.minutes(10)))
struct MachineTimerTests {
    @Test func `a timer fires that is all that an outcome has`() async throws {
        let feed = MemoryFeed()
        let reactor = Reactor(name: "alarm", feed: feed, machine: AlarmClock(), runtime: .live(shards: 1))
        let (outputs, continuation) = AsyncStream<String>.makeStream()
        reactor.onOutputs { group in for output in group { continuation.yield(output.row.output.type) } }
        async let running: Void = reactor.run()
        try feed.append([try Event(stream: StreamName("Alarm-1"), index: 0, type: "Set")])
        for await output in outputs {
            #expect(output == "alarm")
            break
        }
        feed.finish()
        try await running
    }
}
