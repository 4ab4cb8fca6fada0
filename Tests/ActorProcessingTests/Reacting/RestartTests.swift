import ActorProcessing
import Supervision
import Testing

@Suite("Restarts", .tags(.reactor, .recovery), .timeLimit(.minutes(10)))
struct RestartTests {
    /// Runs a reactor until it has handled what there is, then stops it.
    private func live(_ reactor: Reactor) async throws -> StopReport {
        async let end: Void = reactor.run()
        try await reactor.waitUntilCaughtUp()
        let report = try await reactor.stop()
        try await end
        return report
    }

    @Test("nothing is handled twice, and states go on from their snapshots")
    func snapshots() async throws {
        let world = World()
        let handlers = [FoldHandler(keepsState: true), FoldHandler(keepsState: true), FoldHandler(keepsState: true)]
        for (round, handler) in handlers.enumerated() {
            for stream in 0..<10 {
                let first = Int64(round * 20)
                try world.feed.append(Events.range(Events.name(stream), first..<first + 20))
            }
            #expect(try await live(world.reactor(handler)).isClean)
            #expect(handler.calls.values.flatMap(\.indices).count == 200)
            #expect(handler.calls.values.allSatisfy { !$0.isReplaying })
            #expect(try await world.checkpoint() == Int64(round + 1) * 200)
        }
        for stream in 0..<10 {
            let snapshot = try #require(try await world.store.snapshot(of: Events.name(stream), reactor: "r"))
            #expect(try JSONStateCodec<Fold>().decode(snapshot.state) == Fold(indices: Array(0..<60)))
        }
    }

    @Test("what comes again after a crash is recognised")
    func redelivered() async throws {
        let world = World()
        try world.feed.append(Events.range(Events.stream, 0..<30))
        _ = try await live(world.reactor(FoldHandler(keepsState: true)))
        try await world.store.override(
            CheckpointKey(reactor: "r", feed: "memory", partition: "0"), with: FeedPosition(11))
        try world.feed.append(Events.range(Events.stream, 30..<40))
        let handler = FoldHandler(keepsState: true)
        let reactor = world.reactor(handler)
        let status = try await reactor.running(on: world.feed) {
            try await reactor.waitUntilCaughtUp()
            return try await reactor.status
        }
        #expect(handler.spans().flatMap { $0 } == Array(30..<40))
        #expect(status.duplicates == 19)
    }

    @Test(
        "a state that isn't kept is rebuilt from the feed, and nothing goes out",
        arguments: [
            .contiguous(from: 0), OrderingContract.contiguous(from: 5), .fromFirstSeen, .increasing, .arrival,
        ])
    func replayed(_ ordering: OrderingContract) async throws {
        let world = World(ordering)
        let outputs = Recorder<UInt8>()
        let published = Recorder<Fold>()
        func reactor(_ handler: FoldHandler) -> Reactor {
            let reactor = world.reactor(handler) { published.record($0.state) }
            reactor.onOutputs { for output in $0 { outputs.record(output.row.output.data[0]) } }
            return reactor
        }
        func handler() -> FoldHandler {
            FoldHandler { events, context in
                for event in events {
                    context.send(Output(type: "Out", data: [UInt8(event.index)]))
                    context.write { try InMemoryTransaction.of($0).put("seen", key: "\(event.index)", value: 1) }
                }
                return .all
            }
        }
        let indices: [Int64] =
            switch ordering {
            case .increasing: [2, 4, 9, 11]
            case .arrival, .contiguous(from: 0): [0, 1, 2, 3]
            default: [5, 6, 7, 8]
            }
        for index in indices { try world.feed.append([Events.one(Events.stream, ordering == .arrival ? nil : index)]) }
        _ = try await live(reactor(handler()))
        let last = indices[3] + 1
        try world.feed.append([Events.one(Events.stream, ordering == .arrival ? nil : last)])
        let second = handler()
        _ = try await live(reactor(second))
        #expect(second.calls.values.map(\.isReplaying) == [true, false])
        #expect(second.spans() == [indices, [last]])
        #expect(outputs.values == (indices + [last]).map { UInt8($0) })
        #expect(published.values.last == Fold(indices: indices + [last], replayed: 4))
        #expect(published.values.count <= 3)
        #expect(world.store.view("seen", as: Int.self).count == 5)
    }

    @Test func aFilteredTypeIsNotReplayed() async throws {
        let world = World()
        for index in 0..<Int64(6) {
            try world.feed.append([Events.one(Events.stream, index, type: index % 2 == 0 ? "Added" : "Noise")])
        }
        let filter = EventFilter(types: ["Added"])
        _ = try await live(world.reactor(FoldHandler(), filter: filter))
        try world.feed.append([Events.one(Events.stream, 6)])
        let handler = FoldHandler()
        _ = try await live(world.reactor(handler, filter: filter))
        #expect(handler.spans() == [[0, 2, 4], [6]])
    }

    @Test("an event that was skipped for good doesn't stop the stream's state from being rebuilt")
    func skippedAndReplayed() async throws {
        let world = World()
        let configuration = ReactorConfiguration.quick.with { $0.restarts.onPermanent = .resume }
        func handler() -> FoldHandler {
            FoldHandler { events, _ in
                if events.contains(where: { $0.index == 2 }) { throw Poisoned() }
                return .all
            }
        }
        try world.feed.append(Events.range(Events.stream, 0..<4))
        _ = try await live(world.reactor(handler(), configuration: configuration))
        try world.feed.append(Events.range(Events.stream, 4..<5))
        let second = handler()
        _ = try await live(world.reactor(second, configuration: configuration))
        #expect(second.spans() == [[0, 1, 3], [4]])
    }

    @Test("what was to be published, delivered and emitted when a reactor died goes out after the next start")
    func leftovers() async throws {
        let world = World()
        let isDown = Recorder<Bool>()
        func reactor(_ sinks: Recorder<String>?) -> Reactor {
            let handler = FoldHandler(keepsState: true) { events, context in
                for event in events {
                    context.emit(Output(type: "result \(event.index)"), for: event)
                    context.send(Output(type: "output \(event.index)"))
                }
                return .all
            }
            let configuration = ReactorConfiguration.quick.with { $0.shutdownGrace = .milliseconds(50) }
            let reactor = world.reactor(handler, configuration: configuration) { publication in
                guard let sinks else { throw TestFailure() }
                sinks.record("publication \(publication.state.indices.count)")
            }
            reactor.onOutputs { outputs in
                isDown.record(true)
                guard let sinks else { throw TestFailure() }
                for output in outputs { sinks.record(output.row.output.type) }
            }
            reactor.onResults { results in
                guard let sinks else { throw TestFailure() }
                for case .result(let row, _) in results { sinks.record(row.output.type) }
            }
            return reactor
        }
        try world.feed.append(Events.range(Events.stream, 0..<3))
        let first = reactor(nil)
        async let end: Void = first.run()
        _ = await isDown.values(atLeast: 2)
        #expect(try await first.stop().abandonedStreams.isEmpty)
        try await end
        #expect(try await world.position() == 3)
        #expect(try await world.store.dirtyStreams(reactor: "r").map(\.stream) == [Events.stream])
        let sinks = Recorder<String>()
        _ = try await live(reactor(sinks))
        let out = sinks.values
        #expect(out.filter { $0.hasPrefix("result") } == ["result 0", "result 1", "result 2"])
        #expect(out.filter { $0.hasPrefix("output") } == ["output 0", "output 1", "output 2"])
        #expect(out.filter { $0.hasPrefix("pub") } == ["publication 3"])
        let third = Recorder<String>()
        _ = try await live(reactor(third))
        #expect(third.values.isEmpty, "nothing goes out again")
        #expect(try await world.store.dirtyStreams(reactor: "r").isEmpty)
    }
}
