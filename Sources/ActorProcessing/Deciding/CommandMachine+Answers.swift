import Supervision

// What the journal's answers mean.
extension CommandMachine {
    /// Events were read, from where the last order said; none when there are no more.
    mutating func eventsRead(_ batch: EventBatch) {
        do {
            switch phase {
            case .loading:
                if batch.count > 0 { hasFoundEvents = true }
                var state = known ?? Known(state: decider.initial, version: 0)
                try fold(batch, into: &state, before: .max)
                known = state
                if batch.count == 0 { loaded() }
            case .recalling(var past, let end):
                try fold(batch, into: &past, before: end)
                phase = .recalling(past, before: end)
                if past.version == end {
                    recalled(past.state, at: end)
                } else if batch.count == 0 {
                    phase = .answering(.failure(EventSourcingError.replyUnknown(stream, key: sent.key, at: end)))
                }
            default: preconditionFailure("events were read in phase \(phase)")
            }
        } catch {
            forgetState()
            phase = .answering(.failure(error))
        }
    }

    private func fold(_ batch: EventBatch, into known: inout Known, before end: Int64) throws {
        for row in 0..<batch.count where known.version < end {
            let event = batch[row]
            guard event.index == known.version else {
                throw JournalError(
                    .corrupted,
                    "stream '\(stream)' has event \(event.index) where event \(known.version) should be: restore the journal"
                )
            }
            known.state = decider.evolve(known.state, try decider.codec.decode(event))
            known.version += 1
        }
    }

    /// The state that the command was decided on is there again, and so is its reply.
    private mutating func recalled(_ state: Model.State, at index: Int64) {
        do {
            let ruling = try decider.decide(sent.command, state)
            phase = .answering(.success(ruling.reply))
        } catch {
            // What accepted it then rejects it now.
            phase = .answering(.failure(EventSourcingError.replyUnknown(stream, key: sent.key, at: index)))
        }
    }

    /// The events are in the stream: now, or from an earlier time.
    mutating func appended(_ result: AppendResult) {
        guard case .appending(let proposal) = phase, var state = known else {
            preconditionFailure("an append was answered in phase \(phase)")
        }
        let first = result.indices.lowerBound
        // Applied to the very version that was decided on: whoever has appended it, the decision was this one.
        guard first == state.version else { return recall(before: first) }
        phase = .answering(.success(proposal.ruling.reply))
        // Of a repetition only the ids are known to be the same: what it says is read with the next command.
        if result.isRepeat { return }
        for fact in proposal.ruling.facts { state.state = decider.evolve(state.state, fact) }
        state.version = result.indices.upperBound
        known = state
    }

    private mutating func recall(before index: Int64) {
        let start = Known(state: decider.initial, version: 0)
        phase = .recalling(start, before: index)
        if index == 0 { recalled(start.state, at: 0) }
    }

    /// The command's first event was looked for in the stream.
    mutating func found(_ index: Int64?) {
        guard case .finding(let otherwise) = phase else {
            preconditionFailure("nothing is looked for in phase \(phase)")
        }
        if let index { recall(before: index) } else { conclude(otherwise) }
    }

    /// What the journal knows of the stream; nothing is known of one that has never had an event.
    mutating func stateRead(_ state: JournalStreamState?) {
        guard case .checking(let answer) = phase else {
            preconditionFailure("the stream's state was read in phase \(phase)")
        }
        guard state?.phase == .deleted else { return phase = .answering(answer) }
        forgetState()
        phase = .answering(.failure(JournalError.streamClosed(stream, .deleted)))
    }

    /// An append was refused, or its answer is lost.
    mutating func appendFailed(_ error: any Error) {
        if let error = error as? JournalError {
            switch error.code {
            case .versionConflict: return conflicted(error)
            case .duplicateID:
                phase = .finding(otherwise: .failure(error))
                return
            case .streamClosed:
                // Refused before anything else was looked at: a lost append of before can't be told any more.
                phase = .answering(.failure(mayBeApplied ? EventSourcingError.outcomeUnknown(stream, error) : error))
                forgetState()
                return
            default: break
            }
        }
        if Self.leavesOpen(error) { mayBeApplied = true }
        failed(error)
    }

    private mutating func conflicted(_ error: JournalError) {
        // Ids are looked at first, so that none of the command's events is there.
        mayBeApplied = false
        conflicts += 1
        // What others have appended comes on top of what is known, unless the journal has lost events.
        if let actual = error.actualVersion, let known, actual < known.version { forgetState() }
        if conflicts > maximumConflicts {
            phase = .answering(.failure(EventSourcingError.contended(stream, attempts: conflicts, error)))
        } else {
            phase = .waiting(attempt: conflicts, then: .loading)
        }
    }

    /// Reading or finding failed, or an append in no special way.
    mutating func failed(_ error: any Error) {
        failures += 1
        if Self.isPassing(error), failures <= maximumFailures {
            phase = .waiting(attempt: failures, then: phase)
            return
        }
        forgetState()
        // Whoever looks for an event that may be there doesn't know either, if the command was sent before.
        let isOpen: Bool
        if case .finding = phase { isOpen = true } else { isOpen = mayBeApplied }
        phase = .answering(.failure(isOpen ? EventSourcingError.outcomeUnknown(stream, error) : error))
    }

    private static func isPassing(_ error: any Error) -> Bool { ErrorClass(classifying: error).isTransient }

    /// Whether what failed so may have been done all the same.
    private static func leavesOpen(_ error: any Error) -> Bool { ErrorClass(classifying: error) != .permanent }
}
