import ActorProcessing
import Sharding

/// What an event costs as streams grow in number.
struct StreamsBenchmark {
    let events: Int
    let most: Int

    func run(_ options: BenchOptions) async throws -> [Figures] {
        var list: [Figures] = []
        for streams in [1_000, 10_000, 100_000, 1_000_000, 10_000_000] where streams <= most {
            let workload = Workload(kind: .ordered, streams: streams, events: events)
            let feed = PreparedFeed(try workload.batches(of: options.batch))
            let totals = Totals()
            let reactor = Reactor(
                name: "bench", feed: feed, handler: DigestHandler(totals: totals),
                runtime: .live(shards: options.shards))
            let clock = ContinuousClock()
            let start = clock.now
            try await reactor.run()
            let seconds = (clock.now - start).seconds
            guard totals.events == events else {
                throw WrongResult(text: "\(totals.events) of \(events) events were handled")
            }
            var figures = Figures()
            figures.add("streams", streams)
            figures.add("events", events)
            figures.add("seconds", seconds)
            figures.add("nanosecondsPerEvent", seconds * 1e9 / Double(events))
            list.append(figures)
        }
        return list
    }
}
