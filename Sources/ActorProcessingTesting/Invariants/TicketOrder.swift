import ActorProcessing

/// G6: the resequencer resolves each ticket once, in order, whatever finishes first; across a crash results may come
/// again, in order, with their ticket.
///
/// For feeds of one partition, and histories that end with a graceful stop when all was handled.
public struct TicketOrder: Invariant {
    public init() {}

    private struct Key: Hashable, Comparable {
        var ticket: FeedPosition
        var ordinal: Int

        static func < (left: Key, right: Key) -> Bool {
            (left.ticket, left.ordinal) < (right.ticket, right.ordinal)
        }
    }

    public func check(_ entries: [HistoryEntry]) throws(InvariantViolation) {
        var last: Key?
        var committed: [Key: Output] = [:]
        var missing: Set<Key> = []
        var emitted: [Key: [Resequenced]] = [:]
        for (place, entry) in entries.enumerated() {
            func violated(_ message: String) -> InvariantViolation {
                InvariantViolation(self, message, at: place, in: entries)
            }
            switch entry.fact {
            case .started:
                last = nil
                emitted = [:]
            case .committed(let outcome):
                for row in outcome.effects?.results ?? [] {
                    let key = Key(ticket: row.ticket, ordinal: row.ordinal)
                    if committed.updateValue(row.output, forKey: key) != nil {
                        throw violated("ticket \(row.ticket) has two results \(row.ordinal)")
                    }
                    missing.insert(key)
                }
            case .emitted(let results):
                for result in results {
                    var key: Key
                    switch result {
                    case .tombstone(let ticket, _):
                        key = Key(ticket: ticket, ordinal: -1)
                        missing.remove(key)
                    case .result(let row, _):
                        key = Key(ticket: row.ticket, ordinal: row.ordinal)
                        if committed[key] != row.output { throw violated("\(row) was emitted, but isn't committed") }
                        missing.remove(key)
                    }
                    if let before = emitted.updateValue(results, forKey: key), before != results {
                        throw violated("ticket \(key.ticket) was resolved before")
                    }
                    if result.isLate { continue }
                    // A group whose answer was lost comes again as it was.
                    if let last, key <= last, !isRepeated(place, entries) {
                        throw violated("ticket \(key.ticket) came after \(last.ticket)")
                    }
                    last = max(key, last ?? key)
                }
            default: break
            }
        }
        if let key = missing.min() {
            throw InvariantViolation(
                self, "the result or tombstone of ticket \(key.ticket) was never emitted", in: entries)
        }
    }

    /// Whether this emission is the last one again, late ones between them not counted.
    private func isRepeated(_ place: Int, _ entries: [HistoryEntry]) -> Bool {
        guard case .emitted(let results) = entries[place].fact else { return false }
        for entry in entries[..<place].reversed() where entry.run == entries[place].run {
            guard case .emitted(let before) = entry.fact, !before.allSatisfy(\.isLate) else { continue }
            return before == results
        }
        return false
    }
}

extension Resequenced {
    fileprivate var isLate: Bool {
        if case .result(let row, _) = self { row.isLate } else { false }
    }
}
