import Sharding
import Supervision

/// What an entity does with one of its items.
struct Item: Sendable {
    enum Way: CaseIterable {
        case commit, done, yield, sleep, stray, later
        /// Fails once, or a few times in a row, then succeeds.
        case failOnce, failOften
        /// Fails for good: supervision sets the item aside.
        case failForGood
        /// Takes too long, but ends when it is cancelled.
        case overrun
        /// Takes too long and hears of no cancellation.
        case hang
    }

    let number: Int
    let way: Way
}

/// Something that fails, in the class that its item wants.
struct ScriptedError: ClassifiedError {
    var errorClass: ErrorClass
}

/// An entity with a queue of items, each worked off by a turn of its own; it checks that its turns never overlap.
actor ScriptedEntity: Entity {
    nonisolated let executor: ShardExecutor
    nonisolated let key: Int
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    private(set) var items: [Item] = []
    private var failures = 0
    private var isInTurn = false
    private let history: History

    init(_ key: Int, _ executor: ShardExecutor, _ history: History) {
        self.key = key
        self.executor = executor
        self.history = history
    }

    func add(_ item: Item) { items.append(item) }

    /// The first item is dealt with.
    func finish(_ outcome: History.Outcome) {
        history.add(key, items.removeFirst().number, outcome)
        failures = 0
    }

    var hasMore: Bool { !items.isEmpty }

    func takeTurn(_ runner: Runner) async -> TurnEnd {
        guard let item = items.first else { return .done(moreWork: false) }
        if isInTurn { history.complain("entity \(key) has two turns at once") }
        isInTurn = true
        let began = executor.clock.now
        let end = await work(item)
        isInTurn = false
        history.turnEnded(
            Turn(key: key, item: item, began: began, ended: executor.clock.now, isVoid: runner.isAbandoned))
        if runner.isAbandoned { return end }
        if case .done = end {
            finish(.handled)
            return .done(moreWork: hasMore)
        }
        return end
    }

    /// Some items need no task.
    func takeTurnAtOnce() -> TurnEnd? {
        guard let item = items.first, item.number % 3 == 0, item.way == .commit || item.way == .done else { return nil }
        if isInTurn { history.complain("entity \(key) has two turns at once") }
        let now = executor.clock.now
        history.turnEnded(Turn(key: key, item: item, began: now, ended: now, isVoid: false))
        if item.way == .commit { return .committing }
        finish(.handled)
        return .done(moreWork: hasMore)
    }

    private func work(_ item: Item) async -> TurnEnd {
        switch item.way {
        case .commit: return .committing
        case .done: return .done(moreWork: false)
        case .yield:
            await Task.yield()
            return .committing
        case .sleep:
            try? await executor.clock.sleep(for: .milliseconds(item.number % 900))
            return .committing
        case .stray:
            _ = await elsewhere(item.number)
            return .committing
        case .later:
            failures += 1
            return failures > 2 ? .committing : .later(.milliseconds(30))
        case .failOnce, .failOften:
            if item.number % 2 == 0 { try? await executor.clock.sleep(for: .milliseconds(700)) }
            failures += 1
            return failures > (item.way == .failOnce ? 1 : 4) ? .committing : .failed
        case .failForGood: return .failed
        case .overrun:
            failures += 1
            if failures > 1 { return .committing }
            do { try await executor.clock.sleep(for: .seconds(3600)) } catch { return .failed }
            return .committing
        case .hang:
            failures += 1
            if failures > 1 { return .committing }
            let wakeUp = WakeUp()
            executor.schedule(wakeUp, at: executor.clock.now.advanced(by: .seconds(20)))
            await Task { try? await wakeUp.wait() }.value
            return .committing
        }
    }
}
