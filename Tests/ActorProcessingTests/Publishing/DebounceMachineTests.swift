import Sharding
import Supervision
import Testing

@testable import ActorProcessing

@Suite("Debounce machine", .timeLimit(.minutes(10)))
struct DebounceMachineTests {
    private static let configuration = DebounceConfiguration(
        quietPeriod: .milliseconds(10), longestWait: .milliseconds(35), maximumConcurrentPublications: 2,
        retryDelay: .milliseconds(8), maximumRetryDelay: .milliseconds(20), recoveriesPerSecond: 100)

    private var machine = DebounceMachine<String>(configuration: configuration, startingAt: .zero)

    private static func milliseconds(_ count: Int64) -> RuntimeInstant {
        RuntimeInstant(nanoseconds: count * 1_000_000)
    }

    private mutating func publications(at time: Int64) -> [DebounceAction<String>] {
        var actions: [DebounceAction<String>] = []
        machine.timeAdvanced(to: Self.milliseconds(time), into: &actions)
        return actions
    }

    @Test("The latest version goes out after the quiet period")
    mutating func quietPeriod() {
        machine.changed("a", version: 1, at: .zero)
        machine.changed("a", version: 2, at: Self.milliseconds(6))
        #expect(publications(at: 15) == [])
        #expect(machine.nextDeadline == Self.milliseconds(16))
        #expect(publications(at: 16) == [.publish("a", version: 2, firstChange: .zero)])
        #expect(machine.savedPublications == 1)
    }

    @Test("An entity that never rests goes out after the longest wait, from its first unpublished change")
    mutating func longestWait() {
        for time in 0..<35 { machine.changed("a", version: Int64(time), at: Self.milliseconds(Int64(time))) }
        #expect(publications(at: 34) == [])
        #expect(publications(at: 35) == [.publish("a", version: 34, firstChange: .zero)])
    }

    @Test("Changes during a publication wait for its end, and count from the first of them")
    mutating func changesInFlight() {
        machine.changed("a", version: 1, at: .zero)
        _ = publications(at: 10)
        machine.changed("a", version: 2, at: Self.milliseconds(12))
        machine.changed("a", version: 3, at: Self.milliseconds(20))
        #expect(publications(at: 40) == [])
        let update = machine.publicationSucceeded("a", version: 1, at: Self.milliseconds(40))
        #expect(
            update
                == DirtyMarkUpdate(key: "a", publishedVersion: 1, newerFirstChange: Self.milliseconds(12)))
        #expect(publications(at: 40) == [.publish("a", version: 3, firstChange: Self.milliseconds(12))])
        let last = machine.publicationSucceeded("a", version: 3, at: Self.milliseconds(41))
        #expect(last == DirtyMarkUpdate(key: "a", publishedVersion: 3))
        #expect(machine.isIdle && machine.nextDeadline == nil)
    }

    @Test("A publisher that sent a later state than asked for clears the mark up to it")
    mutating func publishedLater() {
        machine.changed("a", version: 1, at: .zero)
        _ = publications(at: 10)
        machine.changed("a", version: 2, at: Self.milliseconds(11))
        let update = machine.publicationSucceeded("a", version: 2, at: Self.milliseconds(12))
        #expect(update == DirtyMarkUpdate(key: "a", publishedVersion: 2))
        #expect(machine.isIdle && machine.savedPublications == 1)
    }

    @Test("The delay of a retry is spread over a bound that doubles up to its maximum")
    mutating func retryDelays() {
        machine.changed("a", version: 1, at: .zero)
        var time: Int64 = 10
        for bound in [8, 16, 20, 20, 20] as [Int64] {
            #expect(publications(at: time) == [.publish("a", version: 1, firstChange: .zero)])
            let retry = machine.publicationFailed("a", at: Self.milliseconds(time), random: .max)
            #expect(retry == Self.milliseconds(time + bound))
            #expect(publications(at: time + bound - 1) == [])
            time += bound
        }
        _ = publications(at: time)
        #expect(machine.publicationFailed("a", at: Self.milliseconds(time), random: 0) == Self.milliseconds(time))
        #expect(machine.dirtyCount == 1)
    }

    @Test("A thousand changes of one entity take one timer")
    mutating func lazyTimers() {
        for time in 0..<1_000 {
            machine.changed("a", version: Int64(time), at: RuntimeInstant(nanoseconds: Int64(time)))
        }
        #expect(machine.wheel.count == 1)
    }

    @Test("Timers of removed entities end with their time and don't multiply")
    mutating func abandonedTimers() {
        for version in Int64(0)..<100 {
            machine.changed("a", version: version, at: .zero)
            machine.removed("a")
        }
        machine.changed("a", version: 100, at: .zero)
        machine.changed("a", version: 101, at: Self.milliseconds(5))
        #expect(publications(at: 10) == [])
        #expect(machine.wheel.count == 1 && machine.entities.count == 1)
    }

    @Test("A place in the queue isn't inherited by the next entity in the same memory")
    mutating func abandonedPlaceInQueue() {
        machine.changed("a", version: 1, at: .zero)
        machine.drain(at: .zero)
        machine.removed("a")
        machine.changed("b", version: 1, at: .zero)
        #expect(publications(at: 0) == [])
        #expect(publications(at: 10) == [.publish("b", version: 1, firstChange: .zero)])
    }

    @Test("What is found dirty at start-up goes out at the configured rate")
    mutating func recoveryRate() {
        machine = DebounceMachine(
            configuration: DebounceConfiguration(maximumConcurrentPublications: 1_000, recoveriesPerSecond: 100),
            startingAt: .zero)
        for entity in 0..<200 { machine.recovered("\(entity)", version: 1, at: .zero) }
        #expect(machine.dirtyCount == 200)
        var sent = publications(at: 0).count
        #expect(sent == 1)
        for time in stride(from: Int64(10), through: 1_000, by: 10) {
            #expect(machine.nextDeadline == Self.milliseconds(time))
            sent += publications(at: time).count
            #expect(sent == Int(time) / 10 + 1)
        }
        #expect(publications(at: 1_500).count == 11, "A late owner makes up for a tenth of a second only")
    }

    @Test("A recovered entity that changes follows its change, not the rate")
    mutating func recoveredAndChanged() {
        for entity in ["a", "b", "c"] { machine.recovered(entity, version: 1, at: .zero) }
        machine.changed("c", version: 2, at: .zero)
        #expect(publications(at: 0) == [.publish("a", version: 1, firstChange: .zero)])
        #expect(machine.nextDeadline == Self.milliseconds(10))
        #expect(publications(at: 10) == [.publish("c", version: 2, firstChange: .zero)])
        machine.publicationSucceeded("a", version: 1, at: Self.milliseconds(10))
        #expect(publications(at: 10) == [.publish("b", version: 1, firstChange: .zero)])
    }

    @Test("A removed entity is forgotten, also while its publication is in flight")
    mutating func removal() {
        machine.changed("a", version: 1, at: .zero)
        machine.changed("b", version: 1, at: .zero)
        let drain = machine.drain(at: .zero)
        _ = publications(at: 0)
        machine.changed("c", version: 1, at: .zero)
        for key in ["a", "b", "c"] { machine.removed(key) }
        #expect(machine.isDrained(drain) && machine.dirtyCount == 0 && machine.inFlightCount == 2)
        #expect(machine.publicationSucceeded("a", version: 1, at: .zero) == nil)

        #expect(machine.changed("b", version: 2, at: .zero) == true)
        #expect(machine.dirtyCount == 1 && publications(at: 10) == [])
        let update = machine.publicationSucceeded("b", version: 1, at: Self.milliseconds(10))
        #expect(update?.newerFirstChange == .zero)
        #expect(publications(at: 10) == [.publish("b", version: 2, firstChange: .zero)])
        machine.removed("b")
        #expect(machine.publicationFailed("b", at: Self.milliseconds(10), random: 1) == nil)
        #expect(machine.isIdle && machine.inFlightCount == 0 && publications(at: 50) == [])
    }

    @Test("After closing nothing waits for quiet")
    mutating func closing() {
        machine.changed("a", version: 1, at: .zero)
        machine.closed(at: .zero)
        machine.changed("b", version: 1, at: .zero)
        #expect(publications(at: 0).count == 2)
        machine.changed("a", version: 2, at: .zero)
        machine.publicationSucceeded("a", version: 1, at: .zero)
        #expect(publications(at: 0) == [.publish("a", version: 2, firstChange: .zero)])
    }
}
