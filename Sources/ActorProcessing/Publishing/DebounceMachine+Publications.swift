public import Supervision

extension DebounceMachine {
    /// A publication succeeded, at the version asked for or a later one.
    ///
    /// - Returns: What to store about the entity's dirty mark; nil if the entity was removed meanwhile.
    @discardableResult
    public mutating func publicationSucceeded(
        _ key: Key, version: Int64, at now: RuntimeInstant
    ) -> DirtyMarkUpdate<Key>? {
        observe(now)
        guard let index = endPublication(key) else { return nil }
        let place = Int(index)
        let published = max(version, entities[place].publishing)
        let drainsBefore = entities[place].drainsBefore
        guard entities[place].version > published else {
            // A newer change that this publication has covered already needs none of its own.
            if entities[place].version > entities[place].publishing { savedPublications += 1 }
            free(index)
            forgetDirty(since: drainsBefore)
            return DirtyMarkUpdate(key: key, publishedVersion: published)
        }

        entities[place].firstChange = entities[place].newerFirstChange
        entities[place].drainsBefore = entities[place].newerDrainsBefore
        entities[place].failures = 0
        countDirty(since: entities[place].drainsBefore)
        forgetDirty(since: drainsBefore)
        if entities[place].isUrgent { makeReady(index) } else { wait(index) }
        return DirtyMarkUpdate(
            key: key, publishedVersion: published, newerFirstChange: entities[place].firstChange)
    }

    /// A publication failed. It is repeated after a delay, at the latest version, until it succeeds.
    ///
    /// - Parameters:
    ///   - key: The entity.
    ///   - now: The time now.
    ///   - random: Evenly distributed over all values: places the delay between zero and its bound.
    /// - Returns: When it is tried again; nil if the entity was removed meanwhile.
    @discardableResult
    public mutating func publicationFailed(
        _ key: Key, at now: RuntimeInstant, random: UInt64
    ) -> RuntimeInstant? {
        observe(now)
        guard let index = endPublication(key) else { return nil }
        let place = Int(index)
        if entities[place].version > entities[place].publishing { savedPublications += 1 }
        entities[place].failures += 1
        let delay = configuration.retryDelay(attempt: entities[place].failures, random: random)
        entities[place].retryAt = self.now.advanced(by: delay)
        entities[place].phase = .backingOff
        arm(index, at: entities[place].retryAt)
        return entities[place].retryAt
    }

    /// Frees the publication's place. Nil if there is nothing more to do, because the entity is gone.
    private mutating func endPublication(_ key: Key) -> Int32? {
        guard let index = indices[key], entities[Int(index)].phase == .publishing else {
            preconditionFailure("A publication ended that was not in flight")
        }
        inFlightCount -= 1
        guard entities[Int(index)].isRemoved else { return index }
        removedInFlight -= 1
        free(index)
        return nil
    }
}
