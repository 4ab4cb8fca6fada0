/// The book of record: streams of events that are appended, read again, and never changed.
///
/// Every event has two places: its index in its stream, counted from 0 without gaps, and its position in the journal. Positions
/// rise in the order of commits, from 0, and those of one append follow one another. A reader never sees an event before
/// one at a lower position: whoever has read up to a position has missed nothing below it. Positions of removed
/// events are passed over.
///
/// Streams fall into a fixed number of slots by their stable hash, so that several readers can share the journal: see
/// ``JournalSelection``.
///
/// An implementation decides about appends by ``AppendRule`` and is held to `JournalContract` of `ActorProcessingTesting`.
/// Errors are ``JournalError``s; one of code ``JournalError/Code/unavailable`` leaves open whether the call was carried out.
public protocol Journal: Sendable {
    /// How many slots the streams fall in, 1 or more; it never changes once the journal is made.
    ///
    /// A stream's slot is `StableHash.bucket(of: stream.stableHash, count: slotCount)`.
    var slotCount: Int { get }

    /// Appends events to a stream, all or none of them.
    ///
    /// An append whose events are in the stream already, recognised by their ids, changes nothing and gives the first result
    /// again, whatever was expected: so it is safe to append once more when an answer was lost. Only ids are compared.
    ///
    /// - Parameters:
    ///   - events: one or more; all of them with ids or none.
    ///   - stream: the stream, which needn't exist.
    ///   - expected: what the stream must be like.
    /// - Throws: ``JournalError`` of code ``JournalError/Code/versionConflict``, ``JournalError/Code/streamClosed``,
    ///   ``JournalError/Code/duplicateID``, ``JournalError/Code/invalid`` or ``JournalError/Code/unavailable``;
    ///   ``EventError`` when the events don't fit into one batch.
    @discardableResult
    func append(_ events: [NewEvent], to stream: StreamName, expected: ExpectedVersion) async throws -> AppendResult

    /// The events of a stream, an archived one's too, in the order of their indices or against it.
    ///
    /// - Parameters:
    ///   - stream: the stream; one that is unknown or deleted has no events.
    ///   - index: where to begin, inclusive. There need be no event: forwards from `0` and backwards from `.max` is all.
    ///   - direction: towards higher or lower indices.
    ///   - limit: how much to read; the first event comes whatever its size.
    /// - Returns: the events with their positions in the journal; none when there are no more.
    func events(of stream: StreamName, from index: Int64, _ direction: ReadDirection, upTo limit: ReadLimit)
        async throws -> EventBatch

    /// The events of a selection in the order of their positions. Archived and deleted streams have none here.
    ///
    /// - Parameters:
    ///   - selection: which events.
    ///   - position: where to begin, inclusive; 0 or more.
    ///   - limit: how much to read; the first event comes whatever its size.
    /// - Throws: ``JournalError`` of code ``JournalError/Code/invalid`` when the selection's share doesn't fit ``slotCount``.
    func read(_ selection: JournalSelection, from position: FeedPosition, upTo limit: ReadLimit) async throws
        -> JournalPage

    /// The index of the event that has this id in the stream; `nil` when none has, or it was deleted.
    ///
    /// There is an implementation that reads the stream backwards; a journal with an index of ids should have its own.
    func index(of id: String, in stream: StreamName) async throws -> Int64?

    /// What the journal knows of a stream; `nil` when it has never had an event and wasn't closed.
    func state(of stream: StreamName) async throws -> JournalStreamState?

    /// Closes a stream for good: nothing can be appended to it any more, also not under the same name later.
    ///
    /// An archived stream may still be deleted. Closing a stream again in the same way changes nothing, whatever is
    /// expected; a stream without events can be closed, too.
    ///
    /// - Parameters:
    ///   - stream: the stream.
    ///   - expected: what the stream must be like.
    ///   - closing: what becomes of its events.
    /// - Throws: ``JournalError`` of code ``JournalError/Code/versionConflict``, or ``JournalError/Code/streamClosed`` when
    ///   a deleted stream is to be archived.
    func close(_ stream: StreamName, expected: ExpectedVersion, _ closing: StreamClosing) async throws

    /// The position behind the last event of all; it doesn't fall when events are removed.
    func end() async throws -> FeedPosition

    /// Suspends until there may be events at `position` or behind it; returns at once if there are.
    ///
    /// It may return without there being any: read, and wait again.
    /// - Throws: `CancellationError` when the task is cancelled before.
    func waitForEvents(from position: FeedPosition) async throws
}

extension Journal {
    /// Looks through the whole stream, from its end.
    public func index(of id: String, in stream: StreamName) async throws -> Int64? {
        var from = Int64.max
        while true {
            let batch = try await events(
                of: stream, from: from, .backwards, upTo: ReadLimit(events: 1_000, bytes: 1 << 20))
            guard batch.count > 0 else { return nil }
            for row in 0..<batch.count {
                let event = batch[row]
                if let found = event.id, found.utf8.elementsEqual(id.utf8) { return event.index }
                from = event.index - 1
            }
        }
    }

    /// The events of a stream from an index on, in order.
    ///
    /// - Parameters:
    ///   - stream: the stream.
    ///   - index: where to begin, inclusive.
    ///   - limit: how much to read.
    public func events(of stream: StreamName, from index: Int64 = 0, upTo limit: ReadLimit) async throws -> EventBatch {
        try await events(of: stream, from: index, .forwards, upTo: limit)
    }

    /// The slot that a stream falls in: `0 ..< slotCount`.
    public func slot(of stream: StreamName) -> Int { stream.slot(of: slotCount) }
}
