/// Something that has to hold of everything a reactor does, checked against the history of a run.
public protocol Invariant: Sendable {
    /// Looks through a history.
    ///
    /// - Throws: ``InvariantViolation`` for the first entry that it doesn't hold for.
    func check(_ entries: [HistoryEntry]) throws(InvariantViolation)
}

/// Something that had to hold doesn't.
///
/// Its description shows the last forty entries of the history, or as many as the environment's `MILLRACE_HISTORY` says.
public struct InvariantViolation: Error, CustomStringConvertible {
    /// The type of the invariant.
    public let invariant: String
    /// What was found.
    public let message: String
    /// The entry where it was found, counted from 0; `nil` when the history as a whole shows it.
    public let place: Int?
    private let excerpt: String

    /// A violation.
    ///
    /// - Parameters:
    ///   - invariant: what doesn't hold.
    ///   - message: what was found.
    ///   - place: the entry where it was found, counted from 0; `nil` when the history as a whole shows it.
    ///   - entries: the history, for an excerpt of what went before.
    public init(
        _ invariant: any Invariant, _ message: String, at place: Int? = nil, in entries: [HistoryEntry] = []
    ) {
        self.init("\(type(of: invariant))", message, at: place, in: entries)
    }

    init(_ invariant: String, _ message: String, at place: Int? = nil, in entries: [HistoryEntry] = []) {
        self.invariant = invariant
        self.message = message
        self.place = place
        let end = place.map { $0 + 1 } ?? entries.count
        let count = SimulationReplay.variable("MILLRACE_HISTORY").flatMap { Int($0) } ?? 40
        excerpt = entries[max(0, end - count)..<end].map { "\n  \($0)" }.joined()
    }

    public var description: String {
        let found = place.map { " at entry \($0)" } ?? ""
        return "\(invariant) doesn't hold\(found): \(message)\(excerpt.isEmpty ? "" : "\nafter:" + excerpt)"
    }
}
