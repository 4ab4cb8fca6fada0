import ActorProcessing
import ActorProcessingTesting
import Supervision
import Synchronization
import Testing

@Suite("UnorderedReactor", .tags(.reactor), .timeLimit(.minutes(10)))
struct UnorderedReactorTests {
    private func configuration(
        attempts: Int = 3, _ exhausted: ExhaustedPolicy = .halt, calls: Int = 8
    ) -> ReactorConfiguration {
        ReactorConfiguration.quick.with {
            $0.resequencing = ResequencerConfiguration(
                windowTickets: 16, lateHeadDeadline: .milliseconds(100), maximumAttempts: attempts,
                exhausted: exhausted, maximumConcurrentWork: calls, maximumEmission: 5)
        }
    }

    private func echo(_ event: Event) -> [Output] { [Output(type: "\(event.stream)#\(event.position)")] }

    @Test("events of one stream are handled at once, and their results leave in the order of arrival")
    func ordered() async throws {
        try await simulate(seeds: 0..<40) { simulation in
            let world = World(.arrival, partitions: ["0", "1"])
            for partition in ["0", "1"] as [PartitionID] {
                try world.feed.append((0..<50).map { _ in try Events.one(Events.stream, nil) }, to: partition)
            }
            world.feed.finish()
            let atOnce = Mutex((now: 0, most: 0))
            let results = Recorder<UnorderedResult>()
            let reactor = UnorderedReactor(
                name: "u", feed: world.feed, store: world.store, configuration: configuration(),
                runtime: simulation.runtime()
            ) { event, _ in
                atOnce.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                try await simulation.advance(by: .milliseconds(simulation.random(in: 0...20)))
                atOnce.withLock { $0.now -= 1 }
                return event.position % 5 == 0 ? [] : self.echo(event)
            } emit: {
                for result in $0 { results.record(result) }
            }
            try await reactor.run()
            for partition in ["0", "1"] as [PartitionID] {
                let tickets = results.values.filter { $0.partition == partition }.map(\.ticket.value)
                #expect(tickets == (0..<50).filter { $0 % 5 != 0 })
            }
            let most = atOnce.withLock { $0.most }
            #expect(most > 4 && most <= 16)
            for partition in ["0", "1"] as [PartitionID] {
                let key = CheckpointKey(reactor: "u", feed: world.feed.name, partition: partition)
                #expect(try await world.store.checkpoint(for: key) == FeedPosition(50))
            }
        }
    }

    @Test("a late head is handled again with another attempt, and the first result wins")
    func lateHead() async throws {
        try await simulate(seeds: 0..<40) { simulation in
            let world = World(.arrival)
            try world.feed.append((0..<10).map { _ in try Events.one(Events.stream, nil) })
            world.feed.finish()
            let attempts = Recorder<String>()
            let results = Recorder<Int64>()
            let reactor = UnorderedReactor(
                name: "u", feed: world.feed, configuration: configuration(), runtime: simulation.runtime()
            ) { event, attempt in
                attempts.record("\(event.position).\(attempt)")
                // Comes back when it is superseded, and says something all the same.
                if event.position == 3, attempt < 3 { try? await simulation.advance(by: .seconds(60)) }
                return [Output(type: "\(attempt)")]
            } emit: {
                for case .outputs(let outputs) in $0.map(\.content) { results.record(Int64(outputs[0].type) ?? -1) }
            }
            try await reactor.run()
            #expect(results.values == [1, 1, 1, 3, 1, 1, 1, 1, 1, 1])
            #expect(attempts.values.filter { $0.hasPrefix("3.") } == ["3.1", "3.2", "3.3"])
        }
    }

    @Test(
        "after the last attempt the policy decides",
        arguments: [ExhaustedPolicy.halt, .deadLetterWithTombstone, .emitError])
    func exhausted(_ policy: ExhaustedPolicy) async throws {
        try await simulate(seeds: 0..<40) { simulation in
            let world = World(.arrival)
            try world.feed.append((0..<10).map { _ in try Events.one(Events.stream, nil) })
            world.feed.finish()
            let (letters, results) = (Recorder<Int64>(), Recorder<String>())
            let hangs = simulation.random(in: 0...1) == 0
            let reactor = UnorderedReactor(
                name: "u", feed: world.feed, store: world.store, configuration: configuration(policy),
                runtime: simulation.runtime(),
                deadLetter: { event, _ in letters.record(event.position) }
            ) { event, _ in
                if event.position == 4 {
                    if hangs { try await simulation.advance(by: .seconds(600)) }
                    throw TestFailure()
                }
                return self.echo(event)
            } emit: {
                for result in $0 {
                    switch result.content {
                    case .outputs: results.record("\(result.ticket)")
                    case .deadLettered: results.record("\(result.ticket) aside")
                    case .failed(let error): results.record("\(result.ticket) \(error is TestFailure || hangs)")
                    }
                }
            }
            let key = CheckpointKey(reactor: "u", feed: world.feed.name, partition: "0")
            switch policy {
            case .halt:
                let error = await #expect(throws: ResequencerError.self) { try await reactor.run() }
                #expect(error?.code == .attemptsExhausted)
                #expect(results.values == ["0", "1", "2", "3"])
                #expect(try await world.store.checkpoint(for: key) ?? .start <= FeedPosition(4))
            case .deadLetterWithTombstone:
                try await reactor.run()
                #expect(letters.values == [4])
                #expect(results.values == ["0", "1", "2", "3", "4 aside", "5", "6", "7", "8", "9"])
            case .emitError:
                try await reactor.run()
                #expect(results.values == ["0", "1", "2", "3", "4 true", "5", "6", "7", "8", "9"])
            }
        }
    }

    private func configuration(_ exhausted: ExhaustedPolicy) -> ReactorConfiguration {
        configuration(attempts: 3, exhausted)
    }

    @Test("it stops gracefully: what was read is emitted, and the checkpoint says so")
    func stops() async throws {
        try await simulate(seeds: 0..<40) { simulation in
            let world = World(.arrival)
            try world.feed.append((0..<200).map { _ in try Events.one(Events.stream, nil) })
            let results = Recorder<Int64>()
            let reactor = UnorderedReactor(
                name: "u", feed: world.feed, store: world.store, configuration: configuration(),
                runtime: simulation.runtime()
            ) { event, _ in
                try await simulation.advance(by: .milliseconds(simulation.random(in: 0...20)))
                return self.echo(event)
            } emit: {
                for result in $0 { results.record(result.ticket.value) }
            }
            async let end: Void = reactor.run()
            _ = await results.values(atLeast: 20)
            let report = try await reactor.stop()
            try await end
            let count = results.values.count
            #expect(results.values == Array(0..<Int64(count)))
            #expect(count < 200)
            let key = CheckpointKey(reactor: "u", feed: world.feed.name, partition: "0")
            let checkpoint = try await world.store.checkpoint(for: key)?.value ?? 0
            #expect(checkpoint <= Int64(count))
            #expect(report.unsettledEvents == 0 || checkpoint < count)
        }
    }

    @Test("what can't be configured is an error that says so")
    func errors() async throws {
        let world = World(.arrival)
        let reactor = UnorderedReactor(
            name: "u", feed: world.feed, configuration: configuration(.deadLetterWithTombstone)
        ) { _, _ in
            []
        } emit: { _ in
        }
        let error = await #expect(throws: ReactorError.self) { try await reactor.run() }
        #expect(error?.code == .invalidConfiguration)
        let again = await #expect(throws: ReactorError.self) { try await reactor.run() }
        #expect(again?.code == .alreadyRunning)
    }
}
