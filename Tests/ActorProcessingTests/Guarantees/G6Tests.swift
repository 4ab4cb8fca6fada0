import Testing

@Suite("G6", .timeLimit(.minutes(30)), .tags(.guarantee))
struct G6Tests {
    @Test(
        """
        G6: the resequencer resolves each ticket once, in order, whatever finishes first; across a crash results may \
        come again, in order, with their ticket
        """)
    func ticketsAreResolvedInOrder() async throws {
        try await guarantee { try await Trial.ticketsAreResolvedInOrder($0) }
    }
}
