import ActorProcessing

/// A journal with one fault.
struct WrongJournal: Journal {
    /// A fault, named by the check that finds it.
    enum Fault: String, CaseIterable, Sendable {
        case takesAnyVersion = "a stream that isn't as expected takes nothing"
        case forgetsIDs = "the same append gives the first result again"
        case readsTooFar = "a reading keeps to its limits, but gives at least one event"
        case ignoresCategories = "a category has its own events and no others"
        case ignoresShares = "shares part the streams by their slots"
        case staysOpen = "an archived stream is read by its name only"
    }

    private let base = InMemoryJournal()
    private let fault: Fault

    init(_ fault: Fault) { self.fault = fault }

    var slotCount: Int { base.slotCount }

    func append(_ events: [NewEvent], to stream: StreamName, expected: ExpectedVersion) async throws -> AppendResult {
        var events = events
        switch fault {
        case .takesAnyVersion:
            return try await base.append(events, to: stream, expected: .any)
        case .forgetsIDs:
            try AppendRule.check(events)
            for place in events.indices { events[place].id = nil }
        default: break
        }
        return try await base.append(events, to: stream, expected: expected)
    }

    func events(
        of stream: StreamName, from index: Int64, _ direction: ReadDirection, upTo limit: ReadLimit
    ) async throws -> EventBatch {
        let limit = fault == .readsTooFar ? ReadLimit(events: limit.events, bytes: .max) : limit
        return try await base.events(of: stream, from: index, direction, upTo: limit)
    }

    func read(
        _ selection: JournalSelection, from position: FeedPosition, upTo limit: ReadLimit
    ) async throws -> JournalPage {
        var selection = selection
        if fault == .ignoresCategories { selection.category = nil }
        if fault == .ignoresShares { selection.share = nil }
        return try await base.read(selection, from: position, upTo: limit)
    }

    func state(of stream: StreamName) async throws -> JournalStreamState? { try await base.state(of: stream) }

    func close(_ stream: StreamName, expected: ExpectedVersion, _ closing: StreamClosing) async throws {
        if fault != .staysOpen { try await base.close(stream, expected: expected, closing) }
    }

    func end() async throws -> FeedPosition { try await base.end() }

    func waitForEvents(from position: FeedPosition) async throws { try await base.waitForEvents(from: position) }
}
