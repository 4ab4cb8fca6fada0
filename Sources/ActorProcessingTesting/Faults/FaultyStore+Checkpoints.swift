public import ActorProcessing
public import Sharding

extension FaultyStore: CheckpointStore {
    public func checkpoint(for key: CheckpointKey) async throws -> FeedPosition? {
        try await call(.checkpoint) { try await wrapped.checkpoint(for: key) }
    }

    public func save(_ position: FeedPosition, for key: CheckpointKey, fence: Fence) async throws {
        try await call(.checkpoint) { try await wrapped.save(position, for: key, fence: fence) }
    }

    public func override(_ key: CheckpointKey, with position: FeedPosition?) async throws {
        try await call(.checkpoint) { try await wrapped.override(key, with: position) }
    }

    public func checkpoints(of reactor: String) async throws -> [(key: CheckpointKey, position: FeedPosition)] {
        try await call(.checkpoint) { try await wrapped.checkpoints(of: reactor) }
    }
}
