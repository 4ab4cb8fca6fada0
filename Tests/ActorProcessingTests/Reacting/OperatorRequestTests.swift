import ActorProcessing
import ActorProcessingTesting
import Sharding
import Supervision
import Testing

@Suite("Requests from other processes", .tags(.reactor), .timeLimit(.minutes(10)))
struct OperatorRequestTests {
    private struct Poisoned: ClassifiedError {
        var errorClass: ErrorClass { .permanent }
    }

    private static let now = Timestamp(nanosecondsSince1970: 0)

    /// The answer to a request, as soon as it is there.
    private func answer(_ number: Int64, _ store: InMemoryStore) async throws -> OperatorAnswer {
        while true {
            if let answer = try await store.request(number, of: "r")?.answer { return answer }
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    @Test("what nobody can do now keeps nothing from being done that was asked later")
    func behindOthers() async throws {
        let world = World(partitions: ["0", "1"])
        let handler = FoldHandler(keepsState: true) { _, _ in throw Poisoned() }
        let configuration = ReactorConfiguration.quick.with { $0.requestInterval = .milliseconds(2) }
        // As many streams of another node's partition as are looked for at once, and one of this one's.
        for number in 0..<1000 { try world.feed.append(Events.range(Events.name(number), 0..<1), to: "1") }
        let before = world.reactor(handler, configuration: configuration)
        async let parked: Void = before.run()
        try await before.waitUntilCaughtUp()
        try await before.stop()
        try await parked
        for number in 0..<1000 {
            _ = try await world.store.post(.discardStream(Events.name(number)), to: "r", at: Self.now)
        }
        let own = Events.name(1000)
        try world.feed.append(Events.range(own, 0..<1), to: "0")
        let others = try await Lease.acquire(
            Fence.Scope(reactor: "r", partition: "1"), from: world.store,
            holder: LeaseHolder(node: "b", incarnation: 1), ttl: .seconds(600), clock: ManualClock())
        let node = DistributedReactor(name: "r", node: "a", feed: world.feed, store: world.store) { _ in
            world.reactor(handler, shards: 1, configuration: configuration)
        }
        async let end: Void = node.run()
        try await waitUntil { try await world.store.parkedStreams(reactor: "r").count == 1001 }
        let wanted = try await world.store.post(.discardStream(own), to: "r", at: Self.now)
        #expect(try await answer(wanted, world.store).error == nil)
        #expect(try await world.store.openRequests(of: "r", after: 0, limit: 2000).count == 1000)
        try await node.stop()
        try await end
        try await others.release()
    }

    @Test("a running reactor does what was asked, in order, and answers")
    func answered() async throws {
        let world = World()
        let cure = Recorder<Bool>()
        let handler = FoldHandler(keepsState: true) { events, _ in
            if events.contains(where: { $0.index == 3 }), cure.values.isEmpty { throw Poisoned() }
            return .all
        }
        let listener = Listener()
        let reactor = world.reactor(
            handler, configuration: .quick.with { $0.requestInterval = .milliseconds(2) }, telemetry: listener)
        try await reactor.running(on: world.feed) {
            for stream in 1...3 { try world.feed.append(Events.range(Events.name(stream), 0..<6)) }
            try await reactor.waitUntilCaughtUp()
            func post(_ request: OperatorRequest) async throws -> Int64 {
                try await world.store.post(request, to: "r", at: Self.now)
            }
            let tooEarly = try await post(.retry(Events.name(1)))
            #expect(try await answer(tooEarly, world.store).error?.contains("Poisoned") == true)
            cure.record(true)
            let requests: [(OperatorRequest, String?)] = [
                (.discardEvent(4, of: Events.name(1)), nil), (.discardEvent(4, of: Events.name(1)), "4"),
                (.retry(Events.name(1)), nil), (.discardStream(Events.name(2)), nil), (.retry(Events.name(3)), nil),
                (.retry(Events.name(9)), "isn't parked"),
            ]
            var numbers: [Int64] = []
            for (request, _) in requests { numbers.append(try await post(request)) }
            for (number, (_, error)) in zip(numbers, requests) {
                let found = try await answer(number, world.store).error
                if let error { #expect(found?.contains(error) == true) } else { #expect(found == nil) }
            }
            try await reactor.waitUntilCaughtUp()
        }
        let told = listener.events.compactMap { event -> OperatorRequest? in
            if case .requestAnswered(let request, _) = event { request } else { nil }
        }
        #expect(told.count == 7)
        #expect(try await world.store.parkedStreams(reactor: "r").isEmpty)
        #expect(try await world.store.openRequests(of: "r", after: 0, limit: 10).isEmpty)
        let handled = { (number: Int) in
            handler.calls.values.filter { $0.stream == Events.name(number) && $0.isRetryingParked }.flatMap(\.indices)
        }
        #expect(handled(1).suffix(2) == [3, 5])
        #expect(handled(2).isEmpty)
        #expect(handled(3).suffix(3) == [3, 4, 5])
    }

    @Test("what was asked before the start is done then; what a stop cuts short, after the next start")
    func acrossRuns() async throws {
        let world = World()
        try world.feed.append(Events.range(Events.stream, 0..<3))
        let broken = FoldHandler { _, _ in throw Poisoned() }
        let first = world.reactor(broken)
        async let end: Void = first.run()
        try await first.waitUntilCaughtUp()
        try await first.stop()
        try await end
        let number = try await world.store.post(.retry(Events.stream), to: "r", at: Self.now)
        let gate = Gate()
        let stuck = FoldHandler { _, context in
            await gate.wait()
            return .all
        }
        let configuration = ReactorConfiguration.quick.with { $0.shutdownGrace = .milliseconds(10) }
        let second = world.reactor(stuck, configuration: configuration)
        async let secondEnd: Void = second.run()
        _ = await stuck.calls.values(atLeast: 1)
        try await second.stop()
        try await secondEnd
        gate.open()
        #expect(try await world.store.request(number, of: "r")?.answer == nil)
        let handler = FoldHandler()
        let third = world.reactor(handler)
        try await third.running(on: world.feed) {
            let answer = try await answer(number, world.store)
            #expect(answer.error == nil)
        }
        #expect(handler.spans().flatMap { $0 } == [0, 1, 2])
    }

    @Test("each request is answered though processes die and the store fails, and none is done by halves")
    func underFaults() async throws {
        let answers = Recorder<OperatorAnswer>()
        try await simulate(seeds: GuaranteeSeeds.all.prefix(150), configuration: GuaranteeSeeds.configuration) {
            simulation in
            var plan = FaultPlan.everything
            plan.crashes = 0...0
            plan.handler.permanent = 0.3
            plan.handler.hang = 0
            plan.store.crash = 0.005
            let trial = try Trial(simulation, plan)
            let life = trial.life
            let store = life.store
            var numbers: [Int64] = []
            for round in 0..<simulation.random(in: 2...4) {
                let run = life.nextRun()
                let process = try await run.start { trial.reactor($0) }
                try await simulation.advance(by: .milliseconds(simulation.random(in: 0...3000)))
                for parked in try await store.parkedStreams(reactor: "ledger") {
                    let request: OperatorRequest =
                        switch simulation.random(in: 0...3) {
                        case 0: .discardEvent(parked.firstIndex, of: parked.stream)
                        case 1: .discardStream(parked.stream)
                        default: .retry(parked.stream)
                        }
                    numbers.append(try await store.post(request, to: "ledger", at: Self.now))
                    if round > 0 { life.heal() }
                }
                try await simulation.advance(by: .milliseconds(simulation.random(in: 0...3000)))
                run.crash()
                _ = await process.end
            }
            life.heal()
            let run = life.nextRun()
            let process = try await run.start { trial.reactor($0) }
            // Requests that were posted for one stream are done one after another, each when it is looked for again.
            for _ in 0..<600 where try await !store.openRequests(of: "ledger", after: 0, limit: 1).isEmpty {
                try await simulation.advance(by: .seconds(1))
            }
            for number in numbers {
                let posted = try #require(try await store.request(number, of: "ledger"))
                #expect(posted.answer != nil, "\(posted) isn't answered, with seed \(simulation.seed)")
                if let answer = posted.answer { answers.record(answer) }
            }
            run.crash()
            _ = await process.end
            for stream in trial.source.streams {
                let skips = try await store.skips(of: stream, reactor: "ledger", in: 0..<1_000_000)
                let indices = skips.filter { $0.reason == "discarded" }.flatMap { Array($0.indices) }
                #expect(Set(indices).count == indices.count, "discarded twice, with seed \(simulation.seed)")
            }
            // What is still parked is retried in-process, until all is handled.
            try await trial.run()
            try life.check(trial.source.order)
        }
        // The trial is about something: both kinds of answers are given.
        #expect(answers.values.contains { $0.error == nil } && answers.values.contains { $0.error != nil })
    }
}
