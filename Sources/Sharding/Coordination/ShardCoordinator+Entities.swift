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
    }

    private func lookAtIdle(_ id: KeyTable.ID) {
        var machine = self[machine: id]
        let age = (tick &- machine.tick) & 0xFF_FFFF
        if machine.phase == .passive {
            if table.count > configuration.maximumKeys { table.remove(id) }
        } else if machine.phase == .idle, age > 4, let word = host.passivate(id, word: id.word, self) {
            machine.passivated()
            self[machine: id] = machine
            id.word = word
            residents -= 1
            restarts[id] = nil
        }
    }
}
