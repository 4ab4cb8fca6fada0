import Testing

@Suite("G7", .timeLimit(.minutes(30)), .tags(.guarantee))
struct G7Tests {
    @Test(
        """
        G7: a publication of each entity's last state is attempted within its longest wait and repeated until it \
        succeeds, crashes included
        """)
    func lastStatesArePublished() async throws {
        try await guarantee { try await Trial.lastStatesArePublished($0) }
    }
}
