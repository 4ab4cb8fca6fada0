import Supervision

extension ShardCoordinator {
    /// Adds a key whose entity is being loaded.
    package func activate(
        _ key: UnsafeRawPointer, length: Int, hash: UInt64, _ make: (KeyTable.ID) -> UInt64
    ) -> KeyTable.ID {
        let id = unsafe table.insert(key, length: length, hash: hash, word: 0)
        id.word = make(id)
        var machine = EntityMachine.loading
        machine.tick = tick
        self[machine: id] = machine
        residents += 1
        return id
    }

    /// Makes a passive key's entity resident again; the word was what the host kept.
    package func reactivate(_ id: KeyTable.ID, word: UInt64) {
        var machine = self[machine: id]
        machine.activated()
        machine.tick = tick
        self[machine: id] = machine
        id.word = word
        residents += 1
    }

    func armPassivation() {
        guard let idle = configuration.passivateAfter else { return }
        timers.insert(.passivation, at: now.advanced(by: idle / 4))
    }

    /// Looks at every entity once; a tick is a quarter of the idle time, so one is let go after 4 to 5 ticks.
    func passivateIdle() {
        tick = (tick &+ 1) & 0xFF_FFFF
        armPassivation()
        for place in 0..<table.end {
            if let id = table.key(at: place) { lookAtIdle(id) }
        }
        forgetOldFailures()
    }

    private func lookAtIdle(_ id: KeyTable.ID) {
        let machine = self[machine: id]
        let age = (tick &- machine.tick) & 0xFF_FFFF
        if machine.phase == .passive {
            if table.count > configuration.maximumKeys { forget(id) }
        } else if age > 4 {
            letGo(id)
        }
    }

    /// Lets go of an entity if it is idle and its host agrees.
    package func letGo(_ id: KeyTable.ID) {
        var machine = self[machine: id]
        guard machine.phase == .idle, let word = host.passivate(id, word: id.word, self) else { return }
        machine.passivated()
        self[machine: id] = machine
        id.word = word
        residents -= 1
        // An idle entity isn't failing. What it did fail counts on: else being idle in between would hide any number.
        succeeded(id)
    }

    private func forget(_ id: KeyTable.ID) {
        restarts[id] = nil
        table.remove(id)
    }

    /// What a passive entity failed leaves the window of its intensity without anybody telling.
    private func forgetOldFailures() {
        for id in Array(restarts.keys) where self[machine: id].phase == .passive { succeeded(id) }
    }

    /// While there are more keys than the limit allows, forgets those that are idle, however short a time.
    ///
    /// A round looks at a few hundred keys more than it has to forget; what it doesn't reach waits for the next.
    func makeRoom() {
        guard table.count > configuration.maximumKeys else { return }
        var looks = min(Int(table.end), 2 * (table.count - configuration.maximumKeys) + 256)
        while table.count > configuration.maximumKeys, looks > 0 {
            looks -= 1
            passivationCursor = passivationCursor + 1 < table.end ? passivationCursor + 1 : 0
            guard let id = table.key(at: passivationCursor) else { continue }
            letGo(id)
            if self[machine: id].phase == .passive { forget(id) }
        }
    }
}
