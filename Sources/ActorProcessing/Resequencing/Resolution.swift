/// How a ticket came to an end. Every ticket has exactly one.
public enum Resolution<Element: Sendable>: Sendable {
    /// Results to emit in the ticket's turn, and the memory that they hold until then.
    case results([Element], bytes: Int)

    /// Nothing to emit: a duplicate, or filtered.
    case nothing

    /// Something to emit that says that there are no results.
    case tombstone(TombstoneReason)

    var bytes: Int {
        if case .results(_, let bytes) = self { bytes } else { 0 }
    }
}

extension Resolution: Equatable where Element: Equatable {}
