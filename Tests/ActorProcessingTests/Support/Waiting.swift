/// Waits for something that nobody tells of, until the task is cancelled.
func waitUntil(
    isolation: isolated (any Actor)? = #isolation, _ isTrue: () async throws -> Bool
) async throws {
    while try await !isTrue() { try await Task.sleep(for: .milliseconds(1)) }
}
