import ActorProcessing
import Supervision

extension ContractScenario {
    /// The stream `Order-{number}`.
    func stream(_ number: Int) -> StreamName { StreamName(category: "Order", id: "\(number)") }

    func time(_ seconds: Int64) -> Timestamp { Timestamp(nanosecondsSince1970: seconds * 1_000_000_000) }

    func result(_ ticket: Int64, _ ordinal: Int = 0, late: Bool = false) -> ResultRow {
        ResultRow(
            ticket: FeedPosition(ticket), ordinal: ordinal,
            output: Output(type: "result", data: [UInt8(truncatingIfNeeded: ticket)]), isLate: late)
    }

    func output(_ index: Int64, _ ordinal: Int = 0) -> OutputRow {
        OutputRow(
            position: StreamPosition(nextIndex: index), ordinal: ordinal,
            output: Output(type: "output", data: [UInt8(truncatingIfNeeded: index)]))
    }

    /// The stream's event at `index`, parked; with the failure's text for the one that failed.
    func parked(_ stream: StreamName, _ index: Int64, failure: String? = nil) throws -> ParkedEvent {
        let event = try Event(
            stream: stream, index: index, type: "Happened", data: [UInt8(truncatingIfNeeded: index), 0, 255],
            time: time(index), id: "id \(index)", metadata: ["key": "value"])
        return ParkedEvent(
            event: event, failure: failure.map { ParkedFailure(error: $0, attempts: 3) }, parkedAt: time(1000 + index))
    }

    /// The indices of a stream's parked events.
    func lot(_ stream: StreamName, from index: Int64 = .min, limit: Int = .max) async throws -> [Int64] {
        try await store.parkedEvents(of: stream, reactor: reactor, from: index, limit: limit).map(\.event.index)
    }

    /// The tickets and ordinals of results that are to leave.
    func results(from ticket: FeedPosition = .start, limit: Int = 1000) async throws -> [[Int64]] {
        try await store.results(of: scope, from: ticket, limit: limit).map { [$0.ticket.value, Int64($0.ordinal)] }
    }

    /// Stream, index and ordinal of outputs that are to leave.
    func outputs(limit: Int = 1000) async throws -> [String] {
        try await store.outputs(of: scope, limit: limit).map {
            "\($0.stream) \($0.row.position.nextIndex) \($0.row.ordinal)"
        }
    }

    /// Version and first change of the streams that are to be published.
    func dirty() async throws -> [String] {
        try await store.dirtyStreams(reactor: reactor).map { dirty in
            "\(dirty.stream) v\(dirty.mark.version) @\(dirty.mark.firstChange.nanosecondsSince1970 / 1_000_000_000)"
        }
    }
}
