import Sharding
import Supervision

/// An item for an entity.
final class Delivery: ShardMessage {
    let key: Int
    let item: Item

    init(_ key: Int, _ item: Item) {
        self.key = key
        self.item = item
    }
}

/// A host of scripted entities, whose commits take time and fail now and then.
final class ScriptedHost: EntityHost, @unchecked Sendable {
    // @unchecked: touched only on the shard's executor, by the coordinator.

    private let history: History
    private var entities: [ScriptedEntity] = []
    private var generator: SplitMix64
    private var waiting: [KeyTable.ID] = []
    private let isImmediate: Bool

    init(_ history: History, _ generator: SplitMix64, isImmediate: Bool = false) {
        self.history = history
        self.isImmediate = isImmediate
        self.generator = generator
    }

    var nextDeadline: RuntimeInstant? { nil }

    func entity(_ word: UInt64) -> any Entity { entities[Int(word)] }

    func makeScratch() -> AnyObject { history }

    func takeTurnAtOnce(
        _ id: KeyTable.ID, _ runner: Runner, _ coordinator: isolated ShardCoordinator
    ) -> TurnEnd? {
        entities[Int(id.word)].assumeIsolated { $0.takeTurnAtOnce() }
    }

    func received(_ message: any ShardMessage, _ coordinator: isolated ShardCoordinator) {
        guard let delivery = message as? Delivery else { return history.complain("a strange message") }
        let id = find(delivery.key, coordinator)
        entities[delivery.key].assumeIsolated { $0.add(delivery.item) }
        coordinator.workArrived(id)
    }

    private func find(_ key: Int, _ coordinator: isolated ShardCoordinator) -> KeyTable.ID {
        while entities.count <= key { entities.append(ScriptedEntity(entities.count, coordinator.executor, history)) }
        var name = key
        let hash = UInt64(truncatingIfNeeded: key) &* 0x9E37_79B9_7F4A_7C15
        return unsafe withUnsafeBytes(of: &name) { bytes in
            // Non-null: an Int isn't empty.
            let base = bytes.baseAddress!
            if let id = unsafe coordinator.table.find(base, length: bytes.count, hash: hash) {
                if coordinator[machine: id].phase != .passive { return id }
                coordinator.reactivate(id, word: UInt64(key))
                load(id, coordinator)
                return id
            }
            let id = unsafe coordinator.activate(base, length: bytes.count, hash: hash) { _ in UInt64(key) }
            load(id, coordinator)
            return id
        }
    }

    /// Some are loaded at once, others after a while.
    private func load(_ id: KeyTable.ID, _ coordinator: isolated ShardCoordinator) {
        history.change { $0.activations += 1 }
        let wait = Duration.milliseconds(Int.random(in: 0...3, using: &generator) * 10)
        if isImmediate || wait == .zero { return coordinator.loaded(id) }
        let executor = coordinator.executor
        coordinator.startTask { coordinator in
            try? await executor.sleep(until: executor.clock.now.advanced(by: wait))
            coordinator.loaded(id)
        }
    }

    func turnCommitting(_ id: KeyTable.ID, _ runner: Runner, _ coordinator: isolated ShardCoordinator) {
        waiting.append(id)
    }

    func turnsEnded(_ coordinator: isolated ShardCoordinator) {
        if waiting.isEmpty { return }
        let group = waiting
        waiting.removeAll()
        if isImmediate { return commit(group, fails: false, coordinator) }
        let executor = coordinator.executor
        let wait = Duration.milliseconds(Int.random(in: 0...2, using: &generator))
        let fails = Int.random(in: 0..<20, using: &generator) == 0
        if wait == .zero { return commit(group, fails: fails, coordinator) }
        coordinator.startTask { coordinator in
            try? await executor.sleep(until: executor.clock.now.advanced(by: wait))
            self.commit(group, fails: fails, coordinator)
        }
    }

    private func commit(_ group: [KeyTable.ID], fails: Bool, _ coordinator: isolated ShardCoordinator) {
        for id in group {
            if fails {
                coordinator.failed(id, EntityFailure(ScriptedError(errorClass: .retriable)))
                continue
            }
            let hasMore = entities[Int(id.word)].assumeIsolated { entity in
                entity.finish(.handled)
                return entity.hasMore
            }
            coordinator.committed(id, moreWork: hasMore)
        }
    }

    func failure(of id: KeyTable.ID, _ runner: Runner, _ coordinator: isolated ShardCoordinator) -> EntityFailure {
        let way = entities[Int(id.word)].assumeIsolated { $0.items.first?.way }
        return EntityFailure(ScriptedError(errorClass: way == .failForGood ? .permanent : .retriable))
    }

    func decided(
        _ decision: FailureDecision, about id: KeyTable.ID, failure: EntityFailure,
        _ coordinator: isolated ShardCoordinator
    ) {
        switch decision {
        case .restart(let wait, _):
            let now = coordinator.executor.clock.now
            history.change { $0.backoffs.append((Int(id.word), now, wait)) }
        case .resume, .stop:
            entities[Int(id.word)].assumeIsolated { $0.finish(.setAside) }
        }
    }

    func callHangs(_ id: KeyTable.ID, abandoned: Bool, _ coordinator: isolated ShardCoordinator) {
        let entry = (key: Int(id.word), at: coordinator.executor.clock.now)
        history.change { content in
            if abandoned { content.abandoned.append(entry) } else { content.overdue.append(entry) }
        }
    }

    func timeAdvanced(to now: RuntimeInstant, _ coordinator: isolated ShardCoordinator) {}

    func passivate(_ id: KeyTable.ID, word: UInt64, _ coordinator: isolated ShardCoordinator) -> UInt64? {
        history.change { $0.passivations += 1 }
        if entities[Int(word)].assumeIsolated({ $0.hasMore }) { history.complain("entity \(word) let go with work") }
        return word
    }
}
