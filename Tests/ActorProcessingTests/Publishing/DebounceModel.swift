import ActorProcessing
import Supervision

/// The obvious debounce that ``DebounceMachine`` is compared with: every unpublished change of every entity, in a list.
struct DebounceModel {
    struct Change {
        var version: Int64
        var time: RuntimeInstant
    }

    struct Entity {
        var unpublished: [Change] = []
        var inFlight: Int64?
        var retryAt: RuntimeInstant?
        var published: Int64 = .min
        /// It goes out as soon as a place is free: after a drain, or because its time came when places were full.
        var isUrgent = false
        /// Found dirty at start-up and not changed since: its time is up to the recovery rate.
        var isRecovering = false
        /// Changed since, but perhaps after its turn in the recovery had come.
        var hasRecovered = false
        /// The publication in flight began before the entity was removed.
        var isInFlightForgotten = false
    }

    struct Drain {
        var number: UInt64
        var owed: [Int: Int64]
    }

    let configuration: DebounceConfiguration
    var entities: [Int: Entity] = [:]
    var drains: [Drain] = []
    var isClosed = false

    var dirtyCount: Int { entities.values.count { !$0.unpublished.isEmpty } }
    var inFlightCount: Int { entities.values.count { $0.inFlight != nil } }

    /// When an entity must go out, if a place is free; nil when nothing is to be sent or it depends on the rate.
    func dueTime(_ key: Int) -> RuntimeInstant? {
        guard let entity = entities[key], entity.inFlight == nil else { return nil }
        guard let first = entity.unpublished.first, let last = entity.unpublished.last else { return nil }
        if entity.isUrgent { return first.time }
        if entity.isRecovering { return nil }
        if let retryAt = entity.retryAt { return retryAt }
        if isClosed { return last.time }
        return min(
            last.time.advanced(by: configuration.quietPeriod), first.time.advanced(by: configuration.longestWait))
    }

    mutating func changed(_ key: Int, version: Int64, at now: RuntimeInstant, isRecovery: Bool = false) {
        var entity = entities[key] ?? Entity()
        if isRecovery && entity.unpublished.isEmpty {
            entity.isRecovering = !isClosed
        } else {
            guard version > entity.unpublished.last?.version ?? .min else { return }
            entity.hasRecovered = entity.hasRecovered || entity.isRecovering
            entity.isRecovering = false
        }
        entity.unpublished.append(Change(version: version, time: now))
        entities[key] = entity
    }

    mutating func timeAdvanced(to now: RuntimeInstant) {
        for key in entities.keys where dueTime(key).map({ $0 <= now }) ?? false { entities[key]?.isUrgent = true }
    }

    mutating func started(_ key: Int, version: Int64) {
        entities[key]?.inFlight = version
        entities[key]?.isInFlightForgotten = false
        entities[key]?.isUrgent = false
        entities[key]?.isRecovering = false
        entities[key]?.hasRecovered = false
    }

    mutating func published(_ key: Int, version: Int64) {
        entities[key]?.inFlight = nil
        entities[key]?.retryAt = nil
        entities[key]?.published = version
        entities[key]?.unpublished.removeAll { $0.version <= version }
        for index in drains.indices where drains[index].owed[key] ?? .max <= version {
            drains[index].owed[key] = nil
        }
    }

    mutating func removed(_ key: Int) {
        guard let entity = entities[key] else { return }
        entities[key] = Entity(inFlight: entity.inFlight, isInFlightForgotten: entity.inFlight != nil)
        for index in drains.indices { drains[index].owed[key] = nil }
    }

    mutating func drainBegan(_ number: UInt64) {
        drains.append(Drain(number: number, owed: entities.compactMapValues { $0.unpublished.last?.version }))
        for (key, entity) in entities where !entity.unpublished.isEmpty {
            entities[key]?.isRecovering = false
            // What is in flight covers its own version: only newer changes still need to hurry.
            entities[key]?.isUrgent = entity.inFlight.map { entity.unpublished.last?.version ?? .min > $0 } ?? true
        }
    }
}
