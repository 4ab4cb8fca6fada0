import ActorProcessing
import ActorProcessingTesting
import Testing

@Suite("Islands of stock", .timeLimit(.minutes(30)), .tags(.guarantee))
struct IslandTests {
    @Test(
        "what shops send each other comes once and in order, and no piece is lost, through crashes, retries and replays"
    )
    func messagesComeOnceAndInOrder() async throws {
        try await guarantee(seeds: 300) { simulation in
            let slots = [4, 64][simulation.random(in: 0...1)]
            try await IslandTrial(simulation, InMemoryJournal(slotCount: slots)).run()
        }
    }
}
