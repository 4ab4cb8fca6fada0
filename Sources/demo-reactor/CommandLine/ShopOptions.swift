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
    var keeping = Keeping.standard
    /// What the files hold is removed first.
    var isFresh = false
    /// Another process at work on the files is waited for.
    var isPatient = false
    /// The process is killed when so many events have been handled.
    var crashAfter: Int?
    var isQuiet = false
    var hasColor = true

    /// Where the run's state is.
    enum Keeping: Equatable {
        case file(String)
        case memory

        #if SQLite
            static let standard = Keeping.file("reactor.sqlite")
        #else
            static let standard = Keeping.memory
        #endif
    }

    init() {}

    init(_ arguments: ArraySlice<String>) throws(UsageError) {
        let (seen, _) = try ArgumentReader.read(arguments, of: "shop") { option, rest throws(UsageError) in
            if try take(option, &rest) { return true }
            return try takeKeeping(option, &rest)
        }
        if seen.isSuperset(of: ["--orders", "--events"]) { throw UsageError("give --orders or --events, not both") }
        try checkKeeping(seen)
    }

    private mutating func take(_ option: String, _ rest: inout ArgumentReader) throws(UsageError) -> Bool {
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
        default: return false
        }
        return true
    }

    private mutating func takeKeeping(_ option: String, _ rest: inout ArgumentReader) throws(UsageError) -> Bool {
        switch option {
        case "--state": keeping = .file(try rest.text("a file"))
        case "--memory":
            _ = try rest.flag()
            keeping = .memory
        case "--fresh": isFresh = try rest.flag()
        case "--wait": isPatient = try rest.flag()
        case "--crash-after": crashAfter = try rest.number(in: 0...1_000_000_000)
        default: return false
        }
        return true
    }

    private func checkKeeping(_ seen: Set<String>) throws(UsageError) {
        if seen.isSuperset(of: ["--state", "--memory"]) { throw UsageError("give --state or --memory, not both") }
        #if !SQLite
            if seen.contains("--state") {
                throw UsageError("'--state' needs a build with the package trait SQLite: this one has --memory only")
            }
        #endif
        let needFile = ["--fresh", "--wait", "--crash-after"]
        if keeping == .memory, let option = needFile.first(where: seen.contains) {
            throw UsageError("'\(option)' needs a state that outlives the process, and this run keeps it in memory")
        }
    }

    /// The options that decide what happens in the run, as on the command line: whatever else differs, it is the same run.
    var workload: String {
        let size =
            switch size {
            case .orders(let count): "--orders \(count)"
            case .events(let count): "--events \(count)"
            }
        return "\(size) --seed \(seed) --disorder \(disorder) --duplicates \(duplicates) --failures \(failures)"
    }
}
