import ActorProcessing

/// What a journal ought to hold, in the plainest form.
struct JournalModel {
    struct Entry {
        var found: JournalScenario.Found
        var id: String?
    }

    /// What an operation ought to give: a result or the code of an error.
    enum Answer: Equatable {
        case done(Range<Int64>, isRepeat: Bool)
        case refused(JournalError.Code)
    }

    var entries: [Entry] = []
    var states: [StreamName: JournalStreamState] = [:]

    func events(of stream: StreamName) -> [Entry] { entries.filter { $0.found.stream == stream } }

    func state(of stream: StreamName) -> JournalStreamState { states[stream] ?? JournalStreamState(nextIndex: 0) }

    /// What an append ought to give.
    func answer(to new: [NewEvent], _ stream: StreamName, _ expected: ExpectedVersion) -> Answer {
        let held = events(of: stream)
        let ids = new.compactMap(\.id)
        if !ids.isEmpty {
            for start in held.indices where start + ids.count <= held.count {
                if held[start..<start + ids.count].map(\.id) == ids {
                    return .done(Int64(start)..<Int64(start + ids.count), isRepeat: true)
                }
            }
            if held.contains(where: { entry in ids.contains { $0 == entry.id } }) { return .refused(.duplicateID) }
        }
        let state = state(of: stream)
        if state.phase != .open { return .refused(.streamClosed) }
        if !expected.admits(state.nextIndex) { return .refused(.versionConflict) }
        return .done(state.nextIndex..<state.nextIndex + Int64(new.count), isRepeat: false)
    }

    mutating func appended(_ new: [NewEvent], to stream: StreamName, behind position: Int64) {
        var state = state(of: stream)
        for (place, event) in new.enumerated() {
            let found = JournalScenario.Found(
                stream: stream, index: state.nextIndex, position: position - Int64(new.count - place), type: event.type)
            entries.append(Entry(found: found, id: event.id))
            state.nextIndex += 1
        }
        states[stream] = state
    }

    mutating func closed(_ stream: StreamName, _ closing: StreamClosing) {
        var state = state(of: stream)
        state.phase = closing == .archive ? .archived : .deleted
        states[stream] = state
        if closing == .delete { entries.removeAll { $0.found.stream == stream } }
    }

    /// The events of a selection.
    func selected(_ selection: JournalSelection, slotCount: Int) -> [JournalScenario.Found] {
        entries.map(\.found).filter { found in
            state(of: found.stream).phase == .open
                && (selection.category.map { $0 == String(found.stream.category) } ?? true)
                && (selection.share?.contains(slot: found.stream.slot(of: slotCount)) ?? true)
        }
    }
}
