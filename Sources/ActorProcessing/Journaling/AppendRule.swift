/// What becomes of an append: the rule that all journals share, so that they refuse and repeat alike.
public enum AppendRule {
    /// What to do with an append that isn't refused.
    public enum Verdict: Sendable, Hashable {
        /// Append the events; the first one gets this index.
        case append(from: Int64)
        /// They are there already, the first one at this index.
        case `repeat`(from: Int64)
    }

    /// Refuses what can't be appended to any stream: no events, ids for some of them only, one id twice.
    ///
    /// - Throws: ``JournalError`` of code ``JournalError/Code/invalid``.
    public static func check(_ events: [NewEvent]) throws(JournalError) {
        if events.isEmpty {
            throw JournalError(.invalid, "an append needs at least one event: don't append when nothing has happened")
        }
        let ids = events.compactMap(\.id)
        if !ids.isEmpty, ids.count < events.count {
            // An event without one couldn't be told from another's that lies in its place.
            throw JournalError(
                .invalid, "\(ids.count) of \(events.count) events have ids: give all of them one, or none")
        }
        if Set(ids.map { Array($0.utf8) }).count < ids.count {
            throw JournalError(.invalid, "two events of an append have the same id: give each its own")
        }
    }

    /// Decides about an append that has passed ``check(_:)``.
    ///
    /// The same events mean a repetition before anything else is looked at; then the stream must be open and as expected.
    ///
    /// - Parameters:
    ///   - events: the events.
    ///   - stream: the stream.
    ///   - expected: what the stream must be like.
    ///   - state: what is known of the stream.
    ///   - known: for each event the index at which its id is in the stream, or `nil`.
    /// - Throws: ``JournalError`` of code ``JournalError/Code/duplicateID``, ``JournalError/Code/streamClosed`` or
    ///   ``JournalError/Code/versionConflict``.
    public static func verdict(
        on events: [NewEvent], to stream: StreamName, expected: ExpectedVersion, state: JournalStreamState?,
        known: [Int64?]
    ) throws(JournalError) -> Verdict {
        precondition(known.count == events.count, "\(known.count) indices for \(events.count) events")
        if let place = known.firstIndex(where: { $0 != nil }), let found = known[place] {
            let first = found - Int64(place)
            if known.indices.allSatisfy({ known[$0] == first + Int64($0) }) { return .repeat(from: first) }
            throw JournalError.duplicateID(events[place].id ?? "", in: stream, at: found)
        }
        let state = state ?? JournalStreamState(nextIndex: 0)
        guard state.phase == .open else { throw JournalError.streamClosed(stream, state.phase) }
        guard expected.admits(state.nextIndex) else {
            throw JournalError.versionConflict(stream, expected: expected, actual: state.nextIndex)
        }
        return .append(from: state.nextIndex)
    }

    /// The phase that a stream gets by being closed; `nil` when it is closed in this way already.
    ///
    /// - Throws: ``JournalError`` of code ``JournalError/Code/streamClosed`` or ``JournalError/Code/versionConflict``.
    public static func closing(
        _ stream: StreamName, expected: ExpectedVersion, _ closing: StreamClosing, state: JournalStreamState?
    ) throws(JournalError) -> JournalStreamState.Phase? {
        let state = state ?? JournalStreamState(nextIndex: 0)
        switch (state.phase, closing) {
        case (.archived, .archive), (.deleted, .delete): return nil
        case (.deleted, .archive): throw JournalError.streamClosed(stream, .deleted)
        case (.open, _), (.archived, .delete):
            guard expected.admits(state.nextIndex) else {
                throw JournalError.versionConflict(stream, expected: expected, actual: state.nextIndex)
            }
            return closing == .archive ? .archived : .deleted
        }
    }
}
