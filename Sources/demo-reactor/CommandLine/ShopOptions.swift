/// The options of the command `shop`.
struct ShopOptions: Equatable {
    /// How much there is to do.
    enum Size: Equatable {
        case orders(Int)
        case events(Int)
    }

    var size = Size.orders(50_000)
    var seed: UInt64 = 1
    var shards: Int?
    /// Arrivals are shuffled in windows of so many.
    var disorder = 64
    /// Per cent of the events that come twice.
    var duplicates = 2
    /// Per cent of the events whose handling fails at first.
    var failures = 1
    var isQuiet = false
    var hasColor = true

    init() {}

    init(_ arguments: ArraySlice<String>) throws(UsageError) {
        var rest = ArgumentReader(arguments)
        var seen: Set<String> = []
        while let option = try rest.next() {
            guard seen.insert(option).inserted else { throw UsageError("'\(option)' is given twice") }
            switch option {
            case "--orders": size = .orders(try rest.number(in: 1...10_000_000))
            case "--events": size = .events(try rest.number(in: 1...100_000_000))
            case "--seed": seed = try rest.number(in: 0...UInt64.max)
            case "--shards": shards = try rest.number(in: 1...64)
            case "--disorder": disorder = try rest.number(in: 1...10_000)
            case "--duplicates": duplicates = try rest.number(in: 0...100)
            case "--failures": failures = try rest.number(in: 0...100)
            case "--quiet": isQuiet = try rest.flag()
            case "--no-color": hasColor = try !rest.flag()
            default: throw UsageError("there is no option '\(option)'")
            }
        }
        if seen.isSuperset(of: ["--orders", "--events"]) { throw UsageError("give --orders or --events, not both") }
    }
}
