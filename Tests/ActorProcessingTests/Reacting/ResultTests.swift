import ActorProcessing
import Sharding
import Supervision
import Testing

@Suite("Results and outputs", .tags(.reactor), .timeLimit(.minutes(10)))
struct ResultTests {
    private struct Poisoned: ClassifiedError {
        var errorClass: ErrorClass { .permanent }
    }

    @Test("a handler may go back and forth between events: none of their results is another's")
    func backAndForth() async throws {
        let world = World()
        let handler = FoldHandler { events, context in
            for place in [2, 1, 2, 0, 1, 2, 2] where place < events.count {
                context.emit(Output(type: "\(place)"), for: events[place])
            }
            return .all
        }
        let reactor = world.reactor(handler)
        let results = Recorder<ResultRow>()
        reactor.onResults { for case .result(let row, _) in $0 { results.record(row) } }
        try world.feed.append(Events.range(Events.stream, 0..<3))
        try await reactor.running(on: world.feed) { try await reactor.waitUntilCaughtUp() }
        #expect(results.values.map(\.output.type) == ["0", "1", "1", "2", "2", "2", "2"])
        #expect(results.values.map(\.ordinal) == [0, 0, 1, 0, 1, 2, 3])
    }

    @Test("G6: results leave in the order of arrival, whatever finishes first", arguments: UInt64(0)..<4)
    func inOrder(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let world = World(partitions: ["0", "1"])
        let handler = FoldHandler { events, context in
            if events[0].index % 3 == 0 { try await context.sleep(for: .microseconds(300)) }
            for event in events where event.index % 5 != 4 {
                context.emit(Output(type: "\(event)"), for: event)
                if event.index % 2 == 0 { context.emit(Output(type: "more"), for: event) }
            }
            return .all
        }
        let reactor = world.reactor(
            handler, shards: 3, configuration: .quick.with { $0.resequencing.windowTickets = 64 })
        let results = Recorder<ResultRow>()
        let failures = Recorder<Int>()
        reactor.onResults {
            if failures.values.count < 3, $0.count > 1 {
                failures.record(1)
                throw TestFailure()
            }
            for case .result(let row, _) in $0 { results.record(row) }
        }
        let emitted = try await reactor.running(on: world.feed) {
            var next = [Int64](repeating: 0, count: 12)
            for _ in 0..<300 {
                let stream = random.below(12)
                try world.feed.append(
                    [Events.one(Events.name(stream), next[stream])], to: stream % 2 == 0 ? "0" : "1")
                next[stream] += 1
            }
            try await reactor.waitUntilCaughtUp()
            return try await reactor.status.emitted
        }
        for parity in ["02468", "13579"] {
            let own = results.values.filter {
                $0.output.type != "more" && parity.contains($0.output.type.prefix { $0 != "#" }.last ?? "x")
            }
            let tickets = own.map(\.ticket)
            #expect(tickets == tickets.sorted() && Set(tickets).count == tickets.count)
        }
        #expect(results.values.filter(\.isLate).isEmpty)
        #expect(emitted == results.values.count)
        for partition in ["0", "1"] as [PartitionID] {
            let scope = Fence.Scope(reactor: "r", partition: partition)
            #expect(try await world.store.results(of: scope, from: .start, limit: 10).isEmpty)
        }
    }

    @Test("G6: a parked event leaves a tombstone, and its result comes late")
    func late() async throws {
        let world = World()
        let poison = Recorder<Int>()
        let handler = FoldHandler { events, context in
            if poison.values.isEmpty, events.contains(where: { $0.index == 1 && $0.stream == Events.stream }) {
                throw Poisoned()
            }
            for event in events { context.emit(Output(type: "\(event)"), for: event) }
            return .all
        }
        let reactor = world.reactor(handler)
        let results = Recorder<Resequenced>()
        reactor.onResults { for result in $0 { results.record(result) } }
        try await reactor.running(on: world.feed) {
            for index in 0..<Int64(3) {
                for stream in 1...2 { try world.feed.append([Events.one(Events.name(stream), index)]) }
            }
            try await reactor.waitUntilCaughtUp()
            #expect(
                results.values.map(text) == [
                    "Order-1#0 Added", "Order-2#0 Added", "†2", "Order-2#1 Added", "†4", "Order-2#2 Added",
                ])
            poison.record(1)
            try await reactor.retry(Events.stream)
            _ = await results.values(atLeast: 8)
            #expect(results.values.suffix(2).map(text) == ["late Order-1#1 Added", "late Order-1#2 Added"])
        }
    }

    @Test("G6: a tombstone that hasn't left when the reactor ends comes at the next start")
    func tombstonesAreKept() async throws {
        struct Away: Error {}
        let world = World()
        let handler = FoldHandler { events, context in
            if events.contains(where: { $0.index == 1 }) { throw Poisoned() }
            for event in events { context.emit(Output(type: "\(event)"), for: event) }
            return .all
        }
        let first = world.reactor(handler, configuration: .quick.with { $0.shutdownGrace = .milliseconds(20) })
        first.onResults { _ in throw Away() }
        async let end: Void = first.run()
        try world.feed.append(Events.range(Events.stream, 0..<2))
        try await waitUntil { try await world.store.parkedStreams(reactor: "r").count == 1 }
        try await first.stop()
        try await end
        // Its event isn't read any more.
        #expect(try await world.checkpoint() == 2)
        let second = world.reactor(handler)
        let results = Recorder<Resequenced>()
        second.onResults { for result in $0 { results.record(result) } }
        try await second.running(on: world.feed) { try await second.waitUntilCaughtUp() }
        #expect(results.values.map(text) == ["Order-1#0 Added", "†1"])
        #expect(
            try await world.store.results(of: Fence.Scope(reactor: "r", partition: "0"), from: .start, limit: 9).isEmpty
        )
    }

    @Test("an event without a result doesn't become a tombstone because another one of its span is skipped")
    func tombstonesAreExact() async throws {
        let world = World()
        let handler = FoldHandler { _, _ in .all }
        let reactor = world.reactor(handler, configuration: .quick.with { $0.gaps.policy = .skip })
        let results = Recorder<Resequenced>()
        reactor.onResults { for result in $0 { results.record(result) } }
        try await reactor.running(on: world.feed) {
            try world.feed.append(Events.range(Events.stream, 2..<5))
            try await reactor.waitUntilCaughtUp()
        }
        #expect(world.store.skips(of: Events.stream, reactor: "r").map(\.indices) == [0..<2])
        #expect(results.values.isEmpty)
    }

    @Test("each result names its partition, in whose order it comes")
    func partitions() async throws {
        let world = World(partitions: ["a", "b"])
        let handler = FoldHandler { events, context in
            for event in events where event.index != 1 { context.emit(Output(type: "\(event)"), for: event) }
            return events.contains { $0.index == 2 } ? .park(reason: "broken") : .all
        }
        let reactor = world.reactor(handler, configuration: .quick.with { $0.maximumSpanEvents = 1 })
        let results = Recorder<Resequenced>()
        reactor.onResults { for result in $0 { results.record(result) } }
        try await reactor.running(on: world.feed) {
            for index in 0..<Int64(3) {
                try world.feed.append([Events.one(Events.name(1), index)], to: "a")
                try world.feed.append([Events.one(Events.name(2), index)], to: "b")
            }
            try await reactor.waitUntilCaughtUp()
        }
        for (partition, stream) in [("a", 1), ("b", 2)] {
            let own = results.values.filter { $0.partition == PartitionID(partition) }
            #expect(own.map(text) == ["Order-\(stream)#0 Added", "†2"])
        }
    }

    private func text(_ result: Resequenced) -> String {
        switch result {
        case .result(let row, _): (row.isLate ? "late " : "") + row.output.type
        case .tombstone(let ticket, _): "†\(ticket)"
        }
    }

    @Test(
        "outputs are delivered once each, a failing sink is tried again, a full queue pauses the feed",
        arguments: [1, 2, 50])
    func outputs(limit: Int) async throws {
        let world = World()
        let handler = FoldHandler { events, context in
            for event in events { context.send(Output(type: "\(event)")) }
            return .all
        }
        let configuration = ReactorConfiguration.quick.with {
            $0.maximumOutputsWaiting = limit
            $0.maximumBatchEvents = 4
        }
        let reactor = world.reactor(handler, configuration: configuration)
        let outputs = Recorder<StreamOutput>()
        let failures = Recorder<Int>()
        reactor.onOutputs { group in
            if failures.values.count < 3 {
                failures.record(1)
                throw TestFailure()
            }
            for output in group { outputs.record(output) }
        }
        let status = try await reactor.running(on: world.feed) {
            for index in 0..<Int64(40) {
                for stream in 1...3 { try world.feed.append([Events.one(Events.name(stream), index)]) }
            }
            try await reactor.waitUntilCaughtUp()
            return try await reactor.status
        }
        for stream in 1...3 {
            let own = outputs.values.filter { $0.stream == Events.name(stream) }
            #expect(own.map(\.row.output.type) == (0..<40).map { "Order-\(stream)#\($0) Added" })
            #expect(Set(own.map { "\($0.row.position) \($0.row.ordinal)" }).count == 40)
        }
        #expect(status.delivered == 120 && !status.isPaused)
        let scope = Fence.Scope(reactor: "r", partition: "0")
        #expect(try await world.store.outputs(of: scope, limit: 10).isEmpty)
    }
}
