public import ActorProcessing
public import Sharding
public import Supervision

extension FaultyStore: SnapshotStore, ParkingLot, SkipLog, DirtySet {
    public func snapshot(of stream: StreamName, reactor: String) async throws -> Snapshot? {
        try await call(.snapshot) { try await wrapped.snapshot(of: stream, reactor: reactor) }
    }

    public func removeSnapshot(of stream: StreamName, reactor: String) async throws {
        try await call(.snapshot) { try await wrapped.removeSnapshot(of: stream, reactor: reactor) }
    }

    public func timers(
        of reactor: String, partition: PartitionID?, dueBefore time: Timestamp, after: DueTimer?, limit: Int
    ) async throws -> [DueTimer] {
        try await call(.snapshot) {
            try await wrapped.timers(of: reactor, partition: partition, dueBefore: time, after: after, limit: limit)
        }
    }

    public func parkedStreams(reactor: String) async throws -> [ParkedStream] {
        try await call(.parking) { try await wrapped.parkedStreams(reactor: reactor) }
    }

    public func parkedEvents(
        of stream: StreamName, reactor: String, from index: Int64, limit: Int
    ) async throws -> [ParkedEvent] {
        try await call(.parking) {
            try await wrapped.parkedEvents(of: stream, reactor: reactor, from: index, limit: limit)
        }
    }

    public func skips(
        of stream: StreamName, reactor: String, in indices: Range<Int64>
    ) async throws -> [SkipRecord] {
        try await call(.parking) { try await wrapped.skips(of: stream, reactor: reactor, in: indices) }
    }

    public func dirtyStreams(
        reactor: String, partition: PartitionID?
    ) async throws -> [(stream: StreamName, mark: DirtyMark)] {
        try await call(.dirty) { try await wrapped.dirtyStreams(reactor: reactor, partition: partition) }
    }

    public func clearDirty(
        _ stream: StreamName, reactor: String, through version: Int64, nextChange: Timestamp?, fence: Fence
    ) async throws {
        try await call(.dirty) {
            try await wrapped.clearDirty(
                stream, reactor: reactor, through: version, nextChange: nextChange, fence: fence)
        }
    }
}
