import ActorProcessing
import Supervision

/// Throughput and memory of a debouncer: changes of many entities, of which the last states are published.
struct DebouncerBenchmark {
    let streams: Int
    let events: Int

    func run() async throws -> Figures {
        ResidentMemory.forgetPeak()
        let before = ResidentMemory.kibibytes
        var configuration = DebounceConfiguration()
        configuration.quietPeriod = .milliseconds(500)
        configuration.longestWait = .seconds(5)
        var machine = DebounceMachine<Int>(configuration: configuration, startingAt: .zero)
        var generator = SplitMix64(seed: 42)
        var versions = [Int64](repeating: 0, count: streams)
        var published = [Int64](repeating: 0, count: streams)
        var actions: [DebounceAction<Int>] = []
        var publications = 0
        var now = RuntimeInstant.zero
        let clock = ContinuousClock()
        let start = clock.now
        for event in 0..<events {
            let key = Int(generator.next() % UInt64(streams))
            versions[key] += 1
            machine.changed(key, version: versions[key], at: now)
            // A million changes a second of the debouncer's time, and a look at it every millisecond.
            guard event % 1_000 == 999 else { continue }
            now = now.advanced(by: .milliseconds(1))
            publish(&machine, &actions, now, &published, &publications)
        }
        machine.closed(at: now)
        while !machine.isIdle { publish(&machine, &actions, now, &published, &publications) }
        let seconds = (clock.now - start).seconds
        guard published == versions else { throw WrongResult(text: "an entity's last state wasn't published") }
        var figures = Figures()
        figures.add("streams", streams)
        figures.add("events", events)
        figures.add("publications", publications)
        figures.add("nanosecondsPerEvent", seconds * 1e9 / Double(events))
        figures.add("bytesPerStream", Double(max(0, ResidentMemory.peakKibibytes - before)) * 1024 / Double(streams))
        return figures
    }

    /// What is due is published at once.
    private func publish(
        _ machine: inout DebounceMachine<Int>, _ actions: inout [DebounceAction<Int>], _ now: RuntimeInstant,
        _ published: inout [Int64], _ publications: inout Int
    ) {
        repeat {
            actions.removeAll(keepingCapacity: true)
            machine.timeAdvanced(to: now, into: &actions)
            for case .publish(let key, let version, _) in actions {
                published[key] = version
                publications += 1
                machine.publicationSucceeded(key, version: version, at: now)
            }
        } while !actions.isEmpty
    }
}
