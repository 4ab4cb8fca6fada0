public import ActorProcessing
public import Supervision

/// A journal that errs as its plan says: calls fail before or after they are done, come late, or both.
///
///     let journal = FaultyJournal(
///         InMemoryJournal(), plan: plan, random: simulation.makeGenerator(),
///         sleep: { try await simulation.advance(by: $0) })
public final class FaultyJournal: Journal {
    /// The journal that does the work.
    public let wrapped: any Journal
    private let plan: JournalFaultPlan
    private let dice: FaultDice
    private let sleep: @Sendable (Duration) async throws -> Void

    /// A faulty journal around another.
    ///
    /// - Parameters:
    ///   - wrapped: the journal that does the work.
    ///   - plan: which faults, and how often.
    ///   - random: decides which calls they befall.
    ///   - sleep: waits, on the clock of the run. Without one nothing is delayed.
    public init(
        _ wrapped: any Journal, plan: JournalFaultPlan, random: SplitMix64,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { _ in }
    ) {
        self.wrapped = wrapped
        self.plan = plan
        self.sleep = sleep
        dice = FaultDice(random, limit: plan.limit)
    }

    /// Runs a call and whatever befalls it.
    private func call<Answer: Sendable>(_ name: String, _ body: () async throws -> Answer) async throws -> Answer {
        if dice.happens(plan.delay) { try await sleep(dice.duration(in: plan.delays)) }
        let (before, after) = dice.failure(plan.fail)
        if before { throw Self.fault("\(name) failed, nothing was done") }
        let answer = try await body()
        if dice.happens(plan.lateAnswer) { try await sleep(dice.duration(in: plan.delays)) }
        if after { throw Self.fault("\(name) was done, but its answer is lost") }
        return answer
    }

    private static func fault(_ what: String) -> JournalError {
        JournalError(.unavailable, "an injected fault: \(what)")
    }

    public var slotCount: Int { wrapped.slotCount }

    @discardableResult
    public func append(_ events: [NewEvent], to stream: StreamName, expected: ExpectedVersion) async throws
        -> AppendResult
    {
        if dice.strikes(plan.linger) {
            let wait = dice.duration(in: plan.delays)
            let (journal, sleep) = (wrapped, sleep)
            // A call whose caller has given up is still on its way: it belongs to nobody.
            Task {
                try await sleep(wait)
                try await journal.append(events, to: stream, expected: expected)
            }
            throw Self.fault("append is still on its way")
        }
        return try await call("append") { try await wrapped.append(events, to: stream, expected: expected) }
    }

    public func events(
        of stream: StreamName, from index: Int64, _ direction: ReadDirection, upTo limit: ReadLimit
    ) async throws -> EventBatch {
        try await call("events") { try await wrapped.events(of: stream, from: index, direction, upTo: limit) }
    }

    public func read(
        _ selection: JournalSelection, from position: FeedPosition, upTo limit: ReadLimit
    ) async throws -> JournalPage {
        try await call("read") { try await wrapped.read(selection, from: position, upTo: limit) }
    }

    public func index(of id: String, in stream: StreamName) async throws -> Int64? {
        try await call("index") { try await wrapped.index(of: id, in: stream) }
    }

    public func state(of stream: StreamName) async throws -> JournalStreamState? {
        try await call("state") { try await wrapped.state(of: stream) }
    }

    public func close(_ stream: StreamName, expected: ExpectedVersion, _ closing: StreamClosing) async throws {
        try await call("close") { try await wrapped.close(stream, expected: expected, closing) }
    }

    public func end() async throws -> FeedPosition { try await call("end") { try await wrapped.end() } }

    /// Waiting itself doesn't fail.
    public func waitForEvents(from position: FeedPosition) async throws {
        try await wrapped.waitForEvents(from: position)
    }
}
