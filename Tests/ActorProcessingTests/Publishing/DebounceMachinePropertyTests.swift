import ActorProcessing
import Supervision
import Testing

@Suite("Debounce machine: properties", .timeLimit(.minutes(10)))
struct DebounceMachinePropertyTests {
    /// A machine and its model, driven by the same inputs; every answer is checked.
    private struct Run {
        let configuration: DebounceConfiguration
        let seed: UInt64
        var machine: DebounceMachine<Int>
        var model: DebounceModel
        var random: SplitMix64
        var now = RuntimeInstant.zero
        var versions: [Int: Int64] = [:]
        var owed: [Int: Int64] = [:]
        var failuresInARow: [Int: Int] = [:]
        var accepted = 0
        var published = 0

        init(seed: UInt64) {
            self.seed = seed
            random = SplitMix64(seed: seed)
            configuration = DebounceConfiguration(
                quietPeriod: .milliseconds([0, 3, 20][Int(seed % 3)]),
                longestWait: .milliseconds([5, 50, 400][Int(seed / 3 % 3)]),
                maximumConcurrentPublications: [1, 3, 100][Int(seed / 9 % 3)],
                retryDelay: .milliseconds(4), maximumRetryDelay: .milliseconds(30), recoveriesPerSecond: 500)
            machine = DebounceMachine(configuration: configuration, startingAt: .zero)
            model = DebounceModel(configuration: configuration)
        }

        mutating func change(_ key: Int) {
            let isRepetition = Int.random(in: 0..<8, using: &random) == 0
            let wasClean = model.entities[key]?.unpublished.isEmpty ?? true
            if isRepetition && wasClean { return }
            let version = versions[key, default: 0] + (isRepetition ? 0 : Int64.random(in: 1...3, using: &random))
            versions[key] = version
            owed[key] = version
            accepted += isRepetition ? 0 : 1
            let isRecovery =
                wasClean && model.entities[key]?.inFlight == nil && Int.random(in: 0..<10, using: &random) == 0
            if isRecovery {
                machine.recovered(key, version: version, at: now)
            } else {
                #expect(machine.changed(key, version: version, at: now) == wasClean)
            }
            model.changed(key, version: version, at: now, isRecovery: isRecovery)
        }

        mutating func advance(to time: RuntimeInstant) {
            now = time
            model.timeAdvanced(to: now)
            var actions: [DebounceAction<Int>] = []
            machine.timeAdvanced(to: now, into: &actions)
            for case .publish(let key, let version, let firstChange) in actions {
                let entity = model.entities[key] ?? DebounceModel.Entity()
                #expect(entity.inFlight == nil, "two publications of one entity, seed \(seed)")
                #expect(version == entity.unpublished.last?.version, "not the latest, seed \(seed)")
                #expect(firstChange == entity.unpublished.first?.time)
                let isDue = model.dueTime(key) ?? .distantFuture <= now
                #expect(isDue || entity.isRecovering || entity.hasRecovered, "early, seed \(seed)")
                model.started(key, version: version)
            }
            let places = configuration.maximumConcurrentPublications
            #expect(model.inFlightCount <= places)
            for key in model.entities.keys where model.inFlightCount < places {
                #expect(model.dueTime(key).map { $0 > now } ?? true, "entity \(key) is late, seed \(seed)")
            }
            for key in model.entities.keys where model.inFlightCount < places {
                guard let due = model.dueTime(key) else { continue }
                #expect(machine.nextDeadline ?? .distantFuture <= due, "the owner would oversleep, seed \(seed)")
            }
        }

        mutating func endPublication(_ key: Int) {
            guard let entity = model.entities[key], let version = entity.inFlight else { return }
            if entity.isInFlightForgotten && entity.unpublished.isEmpty {
                model.entities[key] = nil
                if Bool.random(using: &random) {
                    #expect(machine.publicationSucceeded(key, version: version, at: now) == nil)
                } else {
                    #expect(machine.publicationFailed(key, at: now, random: random.next()) == nil)
                }
                failuresInARow[key] = nil
                return
            }
            if Int.random(in: 0..<3, using: &random) == 0 {
                failuresInARow[key, default: 0] += 1
                let retryAt = machine.publicationFailed(key, at: now, random: random.next())
                let bound = min(30, 4 << min(failuresInARow[key, default: 0] - 1, 10))
                #expect(retryAt ?? .distantFuture <= now.advanced(by: .milliseconds(bound)))
                #expect(retryAt ?? .zero >= now)
                model.entities[key]?.inFlight = nil
                model.entities[key]?.retryAt = retryAt
                model.entities[key]?.isUrgent = false
            } else {
                failuresInARow[key] = nil
                published += 1
                model.published(key, version: version)
                let update = machine.publicationSucceeded(key, version: version, at: now)
                #expect(update?.key == key && update?.publishedVersion == version)
                #expect(update?.newerFirstChange == model.entities[key]?.unpublished.first?.time, "seed \(seed)")
            }
        }

        mutating func remove(_ key: Int) {
            machine.removed(key)
            model.removed(key)
            owed[key] = nil
            failuresInARow[key] = nil
        }

        func check() {
            #expect(machine.dirtyCount == model.dirtyCount, "seed \(seed)")
            #expect(machine.inFlightCount == model.inFlightCount)
            for drain in model.drains {
                #expect(machine.isDrained(drain.number) == drain.owed.isEmpty, "drain \(drain.number), seed \(seed)")
            }
            guard seed % 2 == 0 else { return }
            // Without removals, every change is published, merged into a later one, or still the first of a group to be published.
            let groups = model.entities.values.reduce(0) { sum, entity in
                let hasNewer = entity.inFlight.map { $0 < entity.unpublished.last?.version ?? .min } ?? false
                return sum + (entity.unpublished.isEmpty ? 0 : hasNewer ? 2 : 1)
            }
            #expect(accepted == published + machine.savedPublications + groups, "seed \(seed)")
        }
    }

    @Test(
        "G7: each entity's last state goes out in time and until it succeeds, one at a time",
        arguments: UInt64(0)..<81)
    func agreesWithModel(seed: UInt64) {
        var run = Run(seed: seed)
        for _ in 0..<1_500 {
            switch Int.random(in: 0..<20, using: &run.random) {
            case 0..<9: run.change(Int.random(in: 0..<12, using: &run.random))
            case 9..<13: run.endPublication(Int.random(in: 0..<12, using: &run.random))
            case 13..<14 where Int.random(in: 0..<6, using: &run.random) == 0:
                run.model.drainBegan(run.machine.drain(at: run.now))
            case 14..<15 where seed % 2 == 1: run.remove(Int.random(in: 0..<12, using: &run.random))
            default: break
            }
            let step = Int64.random(in: 0...3_000_000, using: &run.random)
            let later = run.now.advanced(by: .nanoseconds(step))
            while let deadline = run.machine.nextDeadline, deadline <= later {
                let before = run.machine.inFlightCount
                run.advance(to: max(deadline, run.now))
                // Places are full, or only timers moved: go on to the next deadline.
                if run.machine.inFlightCount == before && run.machine.nextDeadline == deadline { break }
            }
            run.advance(to: later)
            run.check()
        }

        run.machine.closed(at: run.now)
        run.model.isClosed = true
        run.model.drainBegan(0)
        run.model.drains.removeLast()
        var rounds = 0
        while !run.machine.isIdle && rounds < 10_000 {
            run.advance(to: max(run.now, run.machine.nextDeadline ?? run.now))
            for key in 0..<12 { run.endPublication(key) }
            run.check()
            rounds += 1
        }
        #expect(run.machine.isIdle)
        for (key, version) in run.owed { #expect(run.model.entities[key]?.published == version, "seed \(seed)") }
    }
}
