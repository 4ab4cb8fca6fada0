public import Supervision

extension DebounceMachine {
    /// An entity changed to a version.
    ///
    /// A version that isn't later than the latest one known is a repetition and changes nothing.
    /// - Returns: Whether the entity was clean before, so that a dirty mark is needed.
    @discardableResult
    public mutating func changed(_ key: Key, version: Int64, at now: RuntimeInstant) -> Bool {
        observe(now)
        guard let index = indices[key] else {
            let index = makeEntity(key, version: version)
            wait(index)
            return true
        }
        if entities[Int(index)].isRemoved {
            returnRemoved(index, version: version)
            return true
        }
        changeDirty(index, version: version)
        return false
    }

    /// An entity was found dirty in the store, at start-up or takeover. Its publication is rate-limited.
    public mutating func recovered(_ key: Key, version: Int64, at now: RuntimeInstant) {
        guard indices[key] == nil else {
            changed(key, version: version, at: now)
            return
        }
        observe(now)
        let index = makeEntity(key, version: version)
        if isClosed {
            makeReady(index)
        } else {
            entities[Int(index)].phase = .recovering
            recovering.append(reference(index))
        }
    }

    /// An entity is no longer ours: its changes are forgotten, and the result of a publication in flight is ignored.
    public mutating func removed(_ key: Key) {
        guard let index = indices[key], !entities[Int(index)].isRemoved else { return }
        forgetDirty(since: entities[Int(index)].drainsBefore)
        if entities[Int(index)].phase == .publishing {
            entities[Int(index)].isRemoved = true
            entities[Int(index)].version = entities[Int(index)].publishing
            removedInFlight += 1
        } else {
            free(index)
        }
    }

    private mutating func changeDirty(_ index: Int32, version: Int64) {
        let place = Int(index)
        guard version > entities[place].version else { return }
        let hadNewer = entities[place].hasNewer
        entities[place].version = version
        entities[place].lastChange = now
        switch entities[place].phase {
        case .publishing where !hadNewer:
            entities[place].newerFirstChange = now
            entities[place].newerDrainsBefore = drainsBegun
            return
        case .recovering:
            wait(index)
        case .waiting, .ready, .publishing, .backingOff:
            break
        case .clean:
            preconditionFailure("A clean entity has a place among the dirty")
        }
        savedPublications += 1
    }

    /// The entity of a publication in flight was removed and has come back.
    private mutating func returnRemoved(_ index: Int32, version: Int64) {
        let place = Int(index)
        entities[place].isRemoved = false
        removedInFlight -= 1
        entities[place].version = max(version, entities[place].publishing)
        entities[place].firstChange = now
        entities[place].lastChange = now
        entities[place].newerFirstChange = now
        entities[place].drainsBefore = drainsBegun
        entities[place].newerDrainsBefore = drainsBegun
        entities[place].isUrgent = false
        entities[place].failures = 0
        countDirty(since: drainsBegun)
    }

    private mutating func makeEntity(_ key: Key, version: Int64) -> Int32 {
        let index: Int32
        if let free = freeIndices.popLast() {
            index = free
        } else {
            index = Int32(entities.count)
            entities.append(Entity())
        }
        indices[key] = index
        // A timer of the place's last entity may still be in the wheel: its generation must not come again.
        var entity = Entity(key: key)
        entity.generation = entities[Int(index)].generation
        entity.version = version
        entity.firstChange = now
        entity.lastChange = now
        entity.drainsBefore = drainsBegun
        entities[Int(index)] = entity
        countDirty(since: drainsBegun)
        return index
    }

    mutating func free(_ index: Int32) {
        let place = Int(index)
        guard let key = entities[place].key else { preconditionFailure("A debounce entity was freed twice") }
        indices[key] = nil
        entities[place].key = nil
        entities[place].phase = .clean
        entities[place].generation &+= 1
        freeIndices.append(index)
    }

    func reference(_ index: Int32) -> Reference {
        Reference(index: index, generation: entities[Int(index)].generation)
    }

    mutating func observe(_ time: RuntimeInstant) {
        now = max(now, time)
    }
}
