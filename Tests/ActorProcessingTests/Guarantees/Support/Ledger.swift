import ActorProcessing

/// A state that tells in which order which events were handled.
struct Ledger: Sendable, Equatable {
    var next: Int64 = 0
    var digest: UInt64 = 17

    mutating func enter(_ event: Event) {
        next = event.index + 1
        digest = (digest ^ UInt64(event.data.first ?? 0)) &* 0x9E37_79B9_7F4A_7C15
        digest ^= UInt64(bitPattern: event.index) &* 31
    }
}

/// Sixteen bytes a state.
struct LedgerCodec: StateCodec {
    let schema = 1

    func encode(_ state: Ledger) throws(EventError) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: state.next >> ($0 * 8)) }
            + (0..<8).map { UInt8(truncatingIfNeeded: state.digest >> ($0 * 8)) }
    }

    func decode(_ bytes: [UInt8]) throws(EventError) -> Ledger {
        var words: [UInt64] = [0, 0]
        for (place, byte) in bytes.enumerated() { words[place / 8] |= UInt64(byte) << (place % 8 * 8) }
        return Ledger(next: Int64(bitPattern: words[0]), digest: words[1])
    }
}

/// Enters events into the ledger of their stream; says of each, as a result and as an output, what the ledger then was.
struct LedgerHandler: SynchronousStreamHandler {
    var keepsState = true
    var emits = true
    var sends = true

    var initialState: Ledger { Ledger() }
    var stateCodec: (any StateCodec<Ledger>)? { keepsState ? LedgerCodec() : nil }

    func handle(_ events: EventSpan, state: inout Ledger, context: inout HandlerContext) throws -> Progress {
        for event in events {
            state.enter(event)
            let output = Output(type: event.stream.value, data: try LedgerCodec().encode(state))
            if emits { context.emit(output, for: event) }
            if sends { context.send(output) }
        }
        return .all
    }
}
