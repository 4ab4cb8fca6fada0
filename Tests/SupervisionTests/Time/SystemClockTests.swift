import Supervision
import Testing

@Suite(.timeLimit(.minutes(10)))
struct SystemClockTests {
    @Test func `it begins at its origin and doesn't go back`() {
        let clock = SystemClock()
        let first = clock.now
        #expect(first >= .zero)
        #expect(clock.now >= first)
        // Later than this test was written.
        #expect(clock.wallTime.nanosecondsSince1970 > 1_700_000_000_000_000_000)
    }

    @Test func `a sleeper wakes up after its deadline`() async throws {
        let clock = SystemClock()
        let deadline = clock.now.advanced(by: .milliseconds(1))
        try await clock.sleep(until: deadline, tolerance: nil)
        #expect(clock.now >= deadline)
    }

    @Test func `a cancelled sleeper wakes up at once`() async {
        let clock = SystemClock()
        let sleeper = Task { try await clock.sleep(until: clock.now.advanced(by: .seconds(3600)), tolerance: nil) }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }
}
