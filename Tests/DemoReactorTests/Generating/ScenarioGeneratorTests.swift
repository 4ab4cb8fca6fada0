import ActorProcessing
import Testing

@testable import demo_reactor

struct ScenarioGeneratorTests {
    static func options(_ change: (inout ShopOptions) -> Void = { _ in }) -> ShopOptions {
        var options = ShopOptions()
        options.size = .orders(300)
        change(&options)
        return options
    }

    static func scenario(_ change: (inout ShopOptions) -> Void = { _ in }) -> Scenario {
        var generator = ScenarioGenerator(options(change))
        return generator.make()
    }

    @Test func `the same seed makes the same scenario`() {
        #expect(Self.scenario() == Self.scenario())
        #expect(Self.scenario() != Self.scenario { $0.seed = 2 })
    }

    @Test func `every event arrives in its stream's partition, and some twice`() {
        let scenario = Self.scenario { $0.duplicates = 10 }
        var seen = [Int](repeating: 0, count: scenario.events.count)
        for (partition, numbers) in scenario.arrivals.enumerated() {
            for number in numbers {
                seen[number] += 1
                #expect(Scenario.partition(of: scenario.events[number].stream) == partition)
            }
        }
        #expect(seen.allSatisfy { $0 == 1 || $0 == 2 })
        #expect(seen.count { $0 == 2 } == scenario.duplicates)
        #expect(scenario.duplicates > 0)
    }

    @Test func `indices are contiguous, and machines have something to stash`() {
        let scenario = Self.scenario()
        let streams = Dictionary(grouping: scenario.events, by: \.stream)
        #expect(streams.count == scenario.streams)
        for events in streams.values { #expect(events.map(\.index) == Array(0..<Int64(events.count))) }
        let early = streams.values.count { events in
            events[0].stream.category == "Order" && !events[0].fact.isCreation
        }
        #expect(early > 0)
    }

    @Test func `without disorder and duplicates everything arrives as it happened`() {
        let scenario = Self.scenario {
            $0.disorder = 1
            $0.duplicates = 0
        }
        for numbers in scenario.arrivals { #expect(numbers == numbers.sorted()) }
        #expect(scenario.arrivalCount == scenario.events.count)
    }

    @Test func `a number of events is reached`() {
        let scenario = Self.scenario { $0.size = .events(5000) }
        #expect((5000..<5100).contains(scenario.events.count))
    }

    @Test func `the poisonous event can be read only after the repair`() throws {
        let scenario = Self.scenario()
        let event = scenario.events[try #require(scenario.poison)]
        let (type, numbers) = event.fact.encoded
        let data = FactDecoder.encode(numbers, isPoisonous: true)
        let spoilt = try Event(stream: event.stream, index: event.index, type: type, data: data)
        let decoder = FactDecoder()
        #expect(throws: UnreadableFact.self) { try decoder.decode(spoilt) }
        decoder.repair()
        #expect(try decoder.decode(spoilt) == event.fact)
    }
}
