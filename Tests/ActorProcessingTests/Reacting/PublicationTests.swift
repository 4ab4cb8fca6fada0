import ActorProcessing
import Supervision
import Testing

@Suite("Publications", .tags(.reactor), .timeLimit(.minutes(10)))
struct PublicationTests {
    @Test("G7: changes are gathered, the last state goes out, failing publications are repeated")
    func debounced() async throws {
        let world = World()
        let published = Recorder<Publication<Fold>>()
        let attempts = Recorder<Int64>()
        let reactor = world.reactor(FoldHandler(keepsState: true)) { publication in
            attempts.record(publication.version)
            if attempts.values.count < 3 { throw TestFailure() }
            published.record(publication)
        }
        let status = try await reactor.running(on: world.feed) {
            for index in 0..<Int64(200) { try world.feed.append([Events.one(Events.stream, index)]) }
            try await reactor.waitUntilCaughtUp()
            return try await reactor.status
        }
        #expect(published.values.last?.state.indices == Array(0..<200))
        #expect(published.values.last?.stream == Events.stream)
        let versions = published.values.map(\.version)
        #expect(versions == versions.sorted() && Set(versions).count == versions.count)
        #expect(status.published == published.values.count)
        #expect(status.published + status.savedPublications <= status.commits)
        #expect(try await world.store.dirtyStreams(reactor: "r").isEmpty)
    }

    @Test func onlyWhatTheHandlerAsksFor() async throws {
        let world = World()
        let published = Recorder<StreamName>()
        let handler = FoldHandler { events, context in
            if events.stream == Events.name(2) { context.publish() }
            return .all
        }
        let configuration = ReactorConfiguration.quick.with { $0.publishesEveryChange = false }
        let reactor = world.reactor(handler, configuration: configuration) { published.record($0.stream) }
        try await reactor.running(on: world.feed) {
            for stream in 1...3 { try world.feed.append(Events.range(Events.name(stream), 0..<4)) }
            try await reactor.waitUntilCaughtUp()
        }
        #expect(published.values == [Events.name(2)])
    }

    @Test("one publication of a stream at a time; changes meanwhile are published after it")
    func oneInFlight() async throws {
        let world = World()
        let gate = Gate()
        let published = Recorder<Int>()
        let reactor = world.reactor(FoldHandler()) { publication in
            published.record(publication.state.indices.count)
            if published.values.count == 1 { await gate.wait() }
        }
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 0..<1))
            _ = await published.values(atLeast: 1)
            try world.feed.append(Events.range(Events.stream, 1..<5))
            async let caughtUp: Void = reactor.waitUntilCaughtUp()
            try await waitUntil { try await world.position() == 5 }
            #expect(published.values == [1])
            gate.open()
            try await caughtUp
            #expect(published.values == [1, 5])
        }
    }
}
