/// What one entity is doing, packed into the 32 bits beside its key.
///
/// States and transitions:
/// - `loading` → idle or ready (`loaded`): its stored position is being fetched, work may arrive meanwhile;
/// - `idle` → ready (`workArrived`);
/// - `ready` → running (`turnStarted`);
/// - `running` → committing, idle, ready, backing off (`turn…`), abandoned (`callAbandoned`);
/// - `committing` → idle, ready (`committed`), backing off (`backoffStarted`);
/// - `backingOff` → ready (`backoffElapsed`);
/// - `abandoned` → ready or idle (`abandonedCallReturned`);
/// - `passive`: only its position is kept; → loading (`activated`).
///
/// An entity never has two turns at once: a turn starts only from `ready`, and only one transition leads there at a time.
package struct EntityMachine: Sendable, Equatable {
    package enum Phase: UInt32, Sendable, CaseIterable {
        case loading, idle, ready, running, committing, backingOff, abandoned, passive
    }

    /// What the coordinator does next.
    package enum Action: Sendable, Equatable {
        case none
        /// Put it at the end of the ready queue.
        case enqueue
    }

    /// Phase in bits 0–3, more work in bit 4, failing in bit 5, the tick of its last activity in bits 8–31.
    package private(set) var bits: UInt32

    @inlinable
    package init(bits: UInt32) { self.bits = bits }

    /// An entity that has just been activated.
    package static let loading = EntityMachine(bits: Phase.loading.rawValue)

    package private(set) var phase: Phase {
        @inline(__always) get {
            guard let phase = Phase(rawValue: bits & 0xF) else {
                preconditionFailure("phase \(bits & 0xF) of an entity")
            }
            return phase
        }
        @inline(__always) set { bits = (bits & ~0xF) | newValue.rawValue }
    }

    /// Work has come while the entity couldn't be made ready.
    package private(set) var hasWork: Bool {
        @inline(__always) get { bits & 0x10 != 0 }
        @inline(__always) set { bits = newValue ? bits | 0x10 : bits & ~0x10 }
    }

    /// Its last turn failed.
    package var isFailing: Bool {
        @inline(__always) get { bits & 0x20 != 0 }
        @inline(__always) set { bits = newValue ? bits | 0x20 : bits & ~0x20 }
    }

    /// The coordinator's coarse time of the last activity, modulo 2^24.
    package var tick: UInt32 {
        @inline(__always) get { bits &>> 8 }
        @inline(__always) set { bits = (bits & 0xFF) | (newValue &<< 8) }
    }

    package mutating func workArrived() -> Action {
        if phase == .idle {
            phase = .ready
            return .enqueue
        }
        hasWork = true
        return .none
    }

    package mutating func loaded() -> Action { settle(from: .loading) }

    package mutating func turnStarted() {
        require(.ready)
        phase = .running
        hasWork = false
    }

    /// The turn left nothing to commit.
    package mutating func turnEnded(moreWork: Bool) -> Action {
        if moreWork { hasWork = true }
        return settle(from: .running)
    }

    package mutating func turnHandedToCommit() {
        require(.running)
        phase = .committing
    }

    package mutating func committed(moreWork: Bool) -> Action {
        if moreWork { hasWork = true }
        return settle(from: .committing)
    }

    /// A turn or a commit failed and is tried again later.
    package mutating func backoffStarted() {
        precondition(phase == .running || phase == .committing, "an entity backs off from a turn, not from \(phase)")
        phase = .backingOff
    }

    package mutating func backoffElapsed() -> Action {
        hasWork = true
        return settle(from: .backingOff)
    }

    package mutating func callAbandoned() {
        require(.running)
        phase = .abandoned
        hasWork = true
    }

    package mutating func abandonedCallReturned() -> Action { settle(from: .abandoned) }

    package mutating func passivated() {
        require(.idle)
        phase = .passive
    }

    package mutating func activated() {
        require(.passive)
        phase = .loading
    }

    private mutating func settle(from expected: Phase) -> Action {
        require(expected)
        if hasWork {
            hasWork = false
            phase = .ready
            return .enqueue
        }
        phase = .idle
        return .none
    }

    private func require(_ expected: Phase) {
        precondition(phase == expected, "an entity that should be \(expected) is \(phase)")
    }
}
