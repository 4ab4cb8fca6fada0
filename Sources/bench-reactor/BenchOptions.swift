#if SQLite
    import ActorProcessingSQLite
#endif

/// What the command line asks for.
struct BenchOptions {
    static let usage = """
        usage: bench-reactor WORKLOAD [STREAMS] [EVENTS] [--shards N] [--batch N] [--json] [--path FILE]
                             [--synchronous full|normal|off]

          W1  ordered events of 100,000 streams
          W1-zipf  the same with few streams that have most of the events
          W2  the same of 1,000,000 streams
          W3  shuffled and repeated events of 100,000 streams
          W4  10,000 streams whose events wait a millisecond each, 1,000 at once

          idle         the memory of 1,000,000 streams that have had an event each and do nothing
          streams      nanoseconds an event of W1, from 1,000 to 1,000,000 streams
          resequencer  results that come in disorder, for a resequencer on its own
          debouncer    changes of 100,000 entities, for a debouncer on its own

          NDJSON, XES  1,000,000 events of 100,000 streams from a file, end to end: one that is made for the
                       occasion, or with --path FILE another one

          durable      W1 with all that it comes to in an SQLite file, and SQLite alone writing the same rows
          groups       the same with at most 1, 16, 256, 4,096 and 16,384 outcomes in a transaction
          restart      a file that knows 100,000 streams and their states is opened, and each has an event
          journal      1,000,000 events appended to 1,000 streams in batches and by 100 callers, and read again

          deployment   1,000 processes (STREAMS) over 4 nodes (EVENTS) that share a file: dealing them out, idling,
                       handing one over, losing a node

        These five flush the disk as --synchronous says: normal when it isn't there; journal's callers
        are measured with normal and full. Their files are in TMPDIR.

        """

    var workload: Workload
    #if Files
        /// Reading a file, in place of the workload.
        var log: LogWorkload?
    #endif
    #if SQLite
        /// A store in a file, in place of the workload.
        var durable: DurableBenchmark?
    #endif
    /// Measuring a part by itself, in place of the workload.
    var part: PartBenchmark?
    var shards = 2
    var batch = 4096
    var isJSON = false

    init(_ arguments: [String]) throws {
        var plain: [String] = []
        var path: String?
        #if SQLite
            var synchronous: SQLiteConfiguration.Synchronous?
        #endif
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--json": isJSON = true
            case "--path":
                guard let text = rest.popFirst() else { throw BenchUsage("--path takes a file") }
                path = text
            #if SQLite
                case "--synchronous":
                    guard let text = rest.popFirst(),
                        let level = SQLiteConfiguration.Synchronous(rawValue: text.uppercased())
                    else { throw BenchUsage("--synchronous takes full, normal or off") }
                    synchronous = level
            #endif
            case "--shards": shards = try Self.number(rest.popFirst(), for: argument, 1...64)
            case "--batch": batch = try Self.number(rest.popFirst(), for: argument, 1...1_000_000)
            case _ where argument.hasPrefix("-"): throw BenchUsage("unknown option '\(argument)'")
            default: plain.append(argument)
            }
        }
        guard plain.count <= 3 else { throw BenchUsage("'\(plain[3])' is one argument too many") }
        let streams = plain.count > 1 ? try Self.number(plain[1], for: "STREAMS", 1...100_000_000) : nil
        let events = plain.count > 2 ? try Self.number(plain[2], for: "EVENTS", 1...1_000_000_000) : nil
        #if Files
            if let name = plain.first, let kind = LogWorkload.Kind(rawValue: name) {
                log = LogWorkload(kind: kind, path: path, streams: streams, events: events)
                workload = Workload(kind: .ordered)
                return
            }
        #endif
        #if SQLite
            if let name = plain.first, let kind = DurableBenchmark.Kind(rawValue: name) {
                durable = DurableBenchmark(
                    kind: kind, streams: streams ?? kind.defaultStreams, events: events,
                    synchronous: synchronous ?? .normal)
                workload = Workload(kind: .ordered)
                return
            }
            if synchronous != nil { throw BenchUsage("--synchronous is for what is kept in SQLite") }
        #endif
        if let name = plain.first, let kind = PartBenchmark.Kind(rawValue: name) {
            part = PartBenchmark(kind: kind, streams: streams, events: events)
            workload = Workload(kind: .ordered)
            return
        }
        guard let name = plain.first, let kind = Workload.Kind(rawValue: name) else {
            throw BenchUsage("name a workload: \(Self.names.joined(separator: ", "))")
        }
        if path != nil { throw BenchUsage("\(name) reads no file: leave --path out") }
        workload = Workload(kind: kind, streams: streams, events: events)
    }

    private static var names: [String] {
        var names = Workload.Kind.allCases.map(\.rawValue) + PartBenchmark.Kind.allCases.map(\.rawValue)
        #if Files
            names += LogWorkload.Kind.allCases.map(\.rawValue)
        #endif
        #if SQLite
            names += DurableBenchmark.Kind.allCases.map(\.rawValue)
        #endif
        return names
    }

    private static func number(_ text: String?, for name: String, _ range: ClosedRange<Int>) throws -> Int {
        guard let text, let number = Int(text), range.contains(number) else {
            throw BenchUsage(
                "\(name) takes a number from \(range.lowerBound) to \(range.upperBound), not '\(text ?? "")'")
        }
        return number
    }
}

/// The command line makes no sense.
struct BenchUsage: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
