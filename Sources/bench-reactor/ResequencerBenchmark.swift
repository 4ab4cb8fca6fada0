import ActorProcessing
import Supervision

/// Throughput of a resequencer: of the machine, whose tickets are resolved in disorder, and of the actor around it.
struct ResequencerBenchmark {
    let events: Int
    private let window = 1_024

    func run() async throws -> Figures {
        var figures = Figures()
        figures.add("events", events)
        ResidentMemory.forgetPeak()
        let before = ResidentMemory.kibibytes
        figures.add("machineNanosecondsPerEvent", try machine() * 1e9 / Double(events))
        // Every input crosses to the actor and back, which takes longer than all the rest.
        let inputs = max(1, events / 10)
        figures.add("actorNanosecondsPerEvent", try await actor(inputs) * 1e9 / Double(inputs))
        figures.add("peakKiB", max(0, ResidentMemory.peakKibibytes - before))
        return figures
    }

    /// Tickets of a window are opened, resolved in a shuffled order, and taken out.
    private func machine() throws -> Double {
        var generator = SplitMix64(seed: 42)
        var order = Array(0..<window)
        for place in stride(from: window - 1, to: 0, by: -1) {
            order.swapAt(place, Int(generator.next() % UInt64(place + 1)))
        }
        var machine = ResequenceMachine<UInt64>(configuration: ResequencerConfiguration(windowTickets: window))
        var emissions: [Ticketed<UInt64>] = []
        var expected: UInt64 = 0
        let clock = ContinuousClock()
        let start = clock.now
        for _ in 0..<events / window {
            let tickets = machine.ticketsOpened(window, at: .zero)
            for place in order {
                let ordinal = tickets.lowerBound + UInt64(place)
                machine.resolved(ordinal, .results([ordinal], bytes: 8))
            }
            machine.takeEmissions(at: .zero, into: &emissions)
            for emission in emissions {
                guard emission.ordinal == expected, emission.content == .results([expected]) else {
                    throw WrongResult(text: "ticket \(emission.ordinal) came in place of \(expected)")
                }
                expected += 1
            }
            emissions.removeAll(keepingCapacity: true)
        }
        return (clock.now - start).seconds
    }

    private func actor(_ events: Int) async throws -> Double {
        let order = OrderCheck()
        let resequencer = Resequencer<Int, Int>(
            configuration: ResequencerConfiguration(windowTickets: window), clock: .system,
            work: { input, _ in [input] }, emit: { try await order.emitted($0) })
        let clock = ContinuousClock()
        let start = clock.now
        async let run: Void = resequencer.run()
        for input in 0..<events { try await resequencer.submit(input) }
        await resequencer.finish()
        try await run
        let seconds = (clock.now - start).seconds
        guard await order.next == events else {
            throw WrongResult(text: "\(await order.next) of \(events) were emitted")
        }
        return seconds
    }
}

/// Sees to it that everything comes once and in order.
private actor OrderCheck {
    private(set) var next = 0

    func emitted(_ tickets: [Ticketed<Int>]) throws {
        for ticket in tickets {
            guard ticket.content == .results([next]) else {
                throw WrongResult(text: "\(ticket) came in place of \(next)")
            }
            next += 1
        }
    }
}
