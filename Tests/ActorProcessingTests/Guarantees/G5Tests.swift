import Testing

@Suite("G5", .timeLimit(.minutes(30)), .tags(.guarantee))
struct G5Tests {
    @Test("G5: a failing or slow stream doesn't hold up others; a parked one doesn't hold up the feed")
    func badStreamsHoldUpNoOthers() async throws {
        try await guarantee { try await Trial.badStreamsHoldUpNoOthers($0) }
    }
}
