/// What was skipped on purpose. Records come as parts of outcomes and stay for good: whoever goes through a stream's events
/// again, to rebuild a state or to retry what was parked, leaves these out.
public protocol SkipLog: Sendable {
    /// The records of a stream that touch `indices`, in the order of their first indices; of equal ones the older first.
    func skips(of stream: StreamName, reactor: String, in indices: Range<Int64>) async throws -> [SkipRecord]
}
