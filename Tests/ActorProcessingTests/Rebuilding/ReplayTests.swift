import ActorProcessing
import Synchronization
import Testing

@Suite("Replaying one stream", .timeLimit(.minutes(10)))
struct ReplayTests {
    @Test("the handler gets the stream's events, and nothing that it says goes anywhere")
    func replayed() async throws {
        let feed = MemoryFeed()
        for number in 1...2 { try feed.append(Events.range(Events.name(number), 0..<6)) }
        let told = Recorder<Bool>()
        let handler = FoldHandler { events, context in
            told.record(context.isRebuilding)
            context.send(Output(type: "sent"))
            context.emit(Output(type: "emitted"), for: events[0])
            // It would throw, since there is no such store.
            context.write { _ in throw TestFailure() }
            return .all
        }
        let steps = Recorder<Int>()
        let replay = Replay(of: Events.name(2), from: feed)
        let state = try await replay.run(handler) { event, state in
            #expect(event.stream == Events.name(2) && state.indices.last == event.index)
            steps.record(state.indices.count)
        }
        #expect(state.indices == Array(0..<6))
        #expect(steps.values == Array(1...6))
        #expect(told.values == Array(repeating: true, count: 6))
        let part = try await Replay(of: Events.name(1), from: feed, indices: 2..<4).run(FoldHandler())
        #expect(part.indices == [2, 3])
    }

    @Test("a handler that throws ends it, and a feed that finds nothing says so")
    func failing() async throws {
        let feed = MemoryFeed()
        try feed.append(Events.range(Events.stream, 0..<6))
        let handler = FoldHandler { events, _ in
            if events[0].index == 3 { throw TestFailure(number: 3) }
            return .all
        }
        await #expect(throws: TestFailure(number: 3)) { try await Replay(of: Events.stream, from: feed).run(handler) }
        let scripted = ScriptedFeed(feed)
        scripted.script.withLock { $0.canBackfill = false }
        let error = await #expect(throws: ReactorError.self) {
            try await Replay(of: Events.stream, from: scripted).run(FoldHandler())
        }
        #expect(error?.code == .stateLost)
    }
}
