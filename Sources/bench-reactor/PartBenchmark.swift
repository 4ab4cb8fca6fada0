/// Measures one thing by itself.
struct PartBenchmark {
    enum Kind: String, CaseIterable {
        case idle
        case streams
        case resequencer
        case debouncer
    }

    let kind: Kind
    let streams: Int?
    let events: Int?

    func run(_ options: BenchOptions) async throws {
        let figures: [Figures] =
            switch kind {
            case .idle: [try await IdleBenchmark(streams: streams ?? 1_000_000).run(options)]
            case .streams:
                try await StreamsBenchmark(events: events ?? 2_000_000, most: streams ?? 1_000_000).run(options)
            case .resequencer: [try await ResequencerBenchmark(events: events ?? streams ?? 2_000_000).run()]
            case .debouncer:
                [try await DebouncerBenchmark(streams: streams ?? 100_000, events: events ?? 5_000_000).run()]
            }
        for figures in figures { print(options.isJSON ? figures.json(kind.rawValue) : figures.line) }
    }
}

/// What a measurement has found, by name, in an order.
struct Figures {
    private var values: [(name: String, text: String, isNumber: Bool)] = []

    mutating func add(_ name: String, _ value: some BinaryInteger) { add(name, Double(value)) }
    mutating func add(_ name: String, _ value: Double) {
        let text = value == value.rounded() ? "\(Int(value))" : "\((value * 1000).rounded() / 1000)"
        values.append((name, text, true))
    }
    mutating func add(_ name: String, _ text: String) { values.append((name, text, false)) }

    var line: String { values.map { "\($0.name)=\($0.text)" }.joined(separator: " ") }

    func json(_ workload: String) -> String {
        let pairs = values.map { "\"\($0.name)\":" + ($0.isNumber ? $0.text : "\"\($0.text)\"") }
        return "{\"workload\":\"\(workload)\"," + pairs.joined(separator: ",") + "}"
    }
}

/// A result isn't what it has to be: the library is broken.
struct WrongResult: Error {
    let text: String
}

extension UInt64 {
    /// Sixteen hexadecimal digits.
    var hexadecimal: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
