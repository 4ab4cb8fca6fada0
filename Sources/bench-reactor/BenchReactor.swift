import ActorProcessing
import Sharding

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Measures the library through its public interface.
@main
struct BenchReactor {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let options: BenchOptions
        do {
            options = try BenchOptions(arguments)
        } catch {
            print("bench-reactor: \(error)\n\(BenchOptions.usage)")
            exit(2)
        }
        do {
            #if Files
                if let log = options.log { return try await log.run(options) }
            #endif
            #if SQLite
                if let durable = options.durable { return try await durable.run(options) }
            #endif
            if let part = options.part { return try await part.run(options) }
            try await run(options)
        } catch {
            print("bench-reactor: \(error)")
            exit(3)
        }
    }

    static func run(_ options: BenchOptions) async throws {
        let workload = options.workload
        let feed = PreparedFeed(try workload.batches(of: options.batch))
        let totals = Totals()
        let handler = DigestHandler(totals: totals)
        let runtime = Runtime.live(shards: options.shards)
        let reactor: Reactor
        if workload.kind == .io {
            var configuration = ReactorConfiguration()
            configuration.maximumSpanEvents = 1
            configuration.maximumStreamsInFlight = 1000 / options.shards
            reactor = Reactor(
                name: "bench", feed: feed, handler: WaitingDigestHandler(digest: handler, wait: .milliseconds(1)),
                configuration: configuration, runtime: runtime)
        } else {
            reactor = Reactor(name: "bench", feed: feed, handler: handler, runtime: runtime)
        }
        ResidentMemory.forgetPeak()
        let before = ResidentMemory.peakKibibytes
        let clock = ContinuousClock()
        let start = clock.now
        try await reactor.run()
        let elapsed = clock.now - start
        let report = BenchReport(
            workload: workload, digest: totals.digest, events: totals.events,
            seconds: Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18,
            peak: ResidentMemory.peakKibibytes, peakBefore: before)
        print(options.isJSON ? report.json : report.line)
    }
}
