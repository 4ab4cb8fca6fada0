public import ActorProcessing

/// A journal that is put to the test, and how to open it again.
public struct JournalSubject: Sendable {
    /// The journal. It holds nothing.
    public let journal: any Journal
    /// Opens the journal again, as another process does, while this one is still open.
    public let reopen: @Sendable () async throws -> any Journal

    /// A journal to be put to the test.
    ///
    /// - Parameters:
    ///   - journal: the journal.
    ///   - reopen: opens the same journal again; without it, it is not opened twice.
    public init(_ journal: any Journal, reopen: (@Sendable () async throws -> any Journal)? = nil) {
        self.journal = journal
        self.reopen = reopen ?? { journal }
    }
}
