import ActorProcessing
import Supervision

/// What a check of a journal is given: a journal that holds nothing, and short words for what is done with it.
struct JournalScenario: ContractExpecting {
    let subject: JournalSubject
    let journal: any Journal
    let check: String

    var contract: String { "Journal" }

    static let wide = ReadLimit(events: 10_000, bytes: 1 << 26)

    /// An event as it was read.
    struct Found: Sendable, Hashable, CustomStringConvertible {
        var stream: StreamName
        var index: Int64
        var position: Int64
        var type: String

        var description: String { "\(stream)#\(index) \(type) @\(position)" }
    }

    /// The same scenario with the journal opened again.
    func reopened() async throws -> JournalScenario {
        JournalScenario(subject: subject, journal: try await subject.reopen(), check: check)
    }

    func stream(_ number: Int, category: String = "Order") -> StreamName {
        StreamName(category: category, id: "\(number)")
    }

    func new(_ types: [String], ids: [String]? = nil) -> [NewEvent] {
        types.enumerated().map { place, type in NewEvent(type: type, data: Array(type.utf8), id: ids?[place]) }
    }

    @discardableResult
    func append(
        _ types: String..., to stream: StreamName, expected: ExpectedVersion = .any, ids: [String]? = nil
    ) async throws -> AppendResult {
        try await journal.append(new(types, ids: ids), to: stream, expected: expected)
    }

    func events(
        of stream: StreamName, from index: Int64 = 0, _ direction: ReadDirection = .forwards,
        upTo limit: ReadLimit = wide
    ) async throws -> [Found] {
        found(try await journal.events(of: stream, from: index, direction, upTo: limit))
    }

    /// Reads a selection to its end, `events` at a time.
    func all(_ selection: JournalSelection = .all, from start: Int64 = 0, events: Int = 10_000) async throws -> [Found]
    {
        var place = FeedPosition(start)
        var all: [Found] = []
        while true {
            let page = try await journal.read(selection, from: place, upTo: ReadLimit(events: events, bytes: 1 << 26))
            all += found(page.events)
            try expect(
                page.events.count <= events, "at most \(events) events", otherwise: "there are \(page.events.count)")
            if let last = all.last {
                try expect(
                    page.next.value > last.position, "to read on behind position \(last.position)",
                    otherwise: "it is at \(page.next)")
            }
            if page.next == place, page.events.count == 0 { return all }
            try expect(page.next > place, "to read on behind \(place)", otherwise: "it is at \(page.next)")
            place = page.next
        }
    }

    func found(_ batch: EventBatch) -> [Found] {
        (0..<batch.count).map { row in
            let event = batch[row]
            return Found(
                stream: event.stream, index: event.index, position: batch.position(of: row), type: event.type)
        }
    }

    /// Expects `body` to throw a `JournalError` of this code, which is returned.
    @discardableResult
    func expectError(
        _ code: JournalError.Code, _ what: String, fileID: String = #fileID, line: Int = #line,
        _ body: () async throws -> Void
    ) async throws -> JournalError {
        do {
            try await body()
        } catch let error as JournalError where error.code == code {
            return error
        } catch {
            throw violation("\(what) to be refused as \(code)", "it threw \(error)", fileID, line)
        }
        throw violation("\(what) to be refused as \(code)", "it was accepted", fileID, line)
    }

    /// Expects `body` to throw a version conflict that tells the stream's version.
    func expectConflict(
        at version: Int64, _ what: String, fileID: String = #fileID, line: Int = #line,
        _ body: () async throws -> Void
    ) async throws {
        let error = try await expectError(.versionConflict, what, fileID: fileID, line: line, body)
        try expect(error.actualVersion, is: version, "the version that the conflict tells", fileID: fileID, line: line)
        try expect(error.errorClass, is: .retriable, "the class of a conflict", fileID: fileID, line: line)
    }

    /// Expects the journal to hold these events, of all streams, whichever way it is read.
    func expectContent(_ expected: [Found], fileID: String = #fileID, line: Int = #line) async throws {
        try expect(try await all(), is: expected, "the events", fileID: fileID, line: line)
        for (stream, events) in Dictionary(grouping: expected, by: \.stream) {
            try expect(
                try await self.events(of: stream), is: events, "the events of \(stream)", fileID: fileID, line: line)
        }
    }
}
