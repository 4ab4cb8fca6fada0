import ActorProcessing
import Supervision

/// Makes a scenario from a seed: the same options make the same scenario.
struct ScenarioGenerator {
    /// The orders that are under way at once.
    private static let open = 256

    private let options: ShopOptions
    private var random: SplitMix64
    private var events: [Scenario.ShopEvent] = []
    private var nextIndex: [StreamName: Int64] = [:]
    private var duplicates = 0

    init(_ options: ShopOptions) {
        self.options = options
        random = SplitMix64(seed: options.seed)
    }

    mutating func make() -> Scenario {
        interleaveOrders()
        var arrivals: [[Int]] = Array(repeating: [], count: Scenario.partitions)
        for (number, event) in events.enumerated() {
            arrivals[Scenario.partition(of: event.stream)].append(number)
        }
        for partition in arrivals.indices { arrivals[partition] = disturbed(arrivals[partition]) }
        return Scenario(
            events: events, arrivals: arrivals, streams: nextIndex.count, duplicates: duplicates, poison: poison)
    }

    /// Lets orders happen at the same time, as customers do.
    private mutating func interleaveOrders() {
        let products =
            switch options.size {
            case .orders(let count): max(10, count / 100)
            case .events(let count): max(10, count / 1000)
            }
        var open: [OrderScript] = []
        var progress: [Int] = []
        var orders = 0
        var planned = 0
        while true {
            while open.count < Self.open, isWanted(orders: orders, events: planned) {
                let script = OrderScript(number: orders, products: products, &random)
                orders += 1
                planned += script.steps.count
                open.append(script)
                progress.append(0)
            }
            if open.isEmpty { return }
            let place = Int.random(in: 0..<open.count, using: &random)
            let (stream, fact) = open[place].steps[progress[place]]
            happened(fact, in: stream)
            progress[place] += 1
            if progress[place] == open[place].steps.count {
                open.swapAt(place, open.count - 1)
                progress.swapAt(place, open.count - 1)
                open.removeLast()
                progress.removeLast()
            }
        }
    }

    private func isWanted(orders: Int, events: Int) -> Bool {
        switch options.size {
        case .orders(let count): orders < count
        case .events(let count): events < count
        }
    }

    private mutating func happened(_ fact: ShopFact, in stream: StreamName) {
        let index = nextIndex[stream, default: 0]
        nextIndex[stream] = index + 1
        events.append(Scenario.ShopEvent(stream: stream, index: index, fact: fact))
    }

    /// Shuffles windows of arrivals; some of a window's come again in the next one.
    private mutating func disturbed(_ numbers: [Int]) -> [Int] {
        var result: [Int] = []
        var again: [Int] = []
        for first in stride(from: 0, to: numbers.count, by: options.disorder) {
            let window = numbers[first..<min(numbers.count, first + options.disorder)]
            var batch = window + again
            if options.disorder > 1 { batch.shuffle(using: &random) }
            result += batch
            again = window.filter { _ in Int.random(in: 0..<100, using: &random) < options.duplicates }
            duplicates += again.count
        }
        return result + again
    }

    /// A product added somewhere in the first half.
    private var poison: Int? {
        let wanted = events.count / 3
        let candidates = events.indices.filter { number in
            if case .productAdded = events[number].fact { true } else { false }
        }
        return candidates.first { $0 >= wanted } ?? candidates.last
    }
}
