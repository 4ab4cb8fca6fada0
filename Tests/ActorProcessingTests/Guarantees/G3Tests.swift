import Testing

@Suite("G3", .timeLimit(.minutes(30)), .tags(.guarantee))
struct G3Tests {
    @Test("G3: a checkpoint never passes an event that is neither committed nor durably parked")
    func checkpointsStayBehindOutcomes() async throws {
        try await guarantee { try await Trial.checkpointsStayBehindOutcomes($0) }
    }
}
