import Testing

@Suite("G2", .timeLimit(.minutes(30)), .tags(.guarantee))
struct G2Tests {
    @Test(
        """
        G2: a stream's events reach its handler in index order; none is skipped but by a recorded skip; after a crash \
        only uncommitted ones come again
        """)
    func eventsReachTheirHandlerInIndexOrder() async throws {
        try await guarantee { try await Trial.eventsReachTheirHandlerInIndexOrder($0) }
    }

    @Test("G2: a gap that is skipped is on record")
    func skipsAreOnRecord() async throws {
        try await guarantee { try await Trial.skipsAreOnRecord($0) }
    }
}
