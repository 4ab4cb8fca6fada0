public import ActorProcessing

/// G2: each state that was committed is what handling the events one after the other makes of them.
///
/// For reactors whose states are kept: the snapshots of all committed outcomes are compared.
public struct SequentialFold<State: Equatable & Sendable>: Invariant {
    private let states: [StreamName: [State]]
    private let decode: @Sendable (Snapshot) throws -> State

    /// The invariant, for these events.
    ///
    /// - Parameters:
    ///   - events: all events, each once, a stream's in the order of their indices.
    ///   - initial: the state of a stream before its first event.
    ///   - codec: how states are kept.
    ///   - fold: what an event makes of a state.
    public init(
        _ events: [Event], initial: State, codec: any StateCodec<State>, fold: (inout State, Event) -> Void
    ) {
        var states: [StreamName: [State]] = [:]
        for event in events {
            var state = states[event.stream]?.last ?? initial
            if states[event.stream] == nil { states[event.stream] = [initial] }
            fold(&state, event)
            states[event.stream]?.append(state)
        }
        self.states = states
        decode = { snapshot in try codec.decode(snapshot.state) }
    }

    public func check(_ entries: [HistoryEntry]) throws(InvariantViolation) {
        for (place, entry) in entries.enumerated() {
            guard case .committed(let outcome) = entry.fact, let snapshot = outcome.effects?.snapshot else { continue }
            let handled = Int(max(0, outcome.position.nextIndex))
            let states = states[outcome.stream] ?? []
            guard handled < states.count else {
                throw InvariantViolation(
                    self, "\(outcome.stream) is at \(outcome.position), beyond its events", at: place, in: entries)
            }
            let found: State
            do {
                found = try decode(snapshot)
            } catch {
                throw InvariantViolation(self, "a snapshot can't be decoded: \(error)", at: place, in: entries)
            }
            if found != states[handled] || snapshot.position != outcome.position {
                throw InvariantViolation(
                    self, "\(outcome.stream) at \(outcome.position) is \(found) and should be \(states[handled])",
                    at: place, in: entries)
            }
        }
    }
}
