public import Sharding

extension Reactor {
    /// Runs one partition of the feed under a lease, while other nodes run the others; ``DistributedReactor`` does this for all
    /// of a feed's partitions.
    ///
    /// It begins where the partition's last owner, wherever it was, has left off: at its checkpoint, with its parked streams,
    /// what it had still to publish, emit and deliver, and its timers. Streams of other partitions are refused.
    ///
    /// Cancelling the task ends the run at once, as a deployment does when the lease is lost: to stop gracefully, request the
    /// stop. Nothing leaves the reactor any more once the lease isn't held.
    ///
    /// It is called once, instead of ``run()``. When the partition has ended, it waits for the stop.
    ///
    /// - Parameters:
    ///   - partition: one of the feed's.
    ///   - lease: of the scope of this reactor and this partition; all that is committed carries its fence.
    ///   - stop: asks it to stop gracefully.
    /// - Throws: ``ReactorError``, of code ``ReactorError/Code/ownershipLost`` when it is cancelled or another owner is found, or
    ///   ``ReactorError/Code/invalidConfiguration`` when it is another scope's; ``StoreError`` of code ``StoreError/Code/behind`` when
    ///   the reactor has run as a whole and has left something to send that belongs to no partition.
    public func run(
        _ partition: PartitionID, under lease: borrowing Lease, until stop: ProcessStop
    ) async throws {
        let scope = Fence.Scope(reactor: name, partition: partition)
        guard lease.scope == scope else {
            throw ReactorError.invalidConfiguration(
                "the lease is of \(lease.scope), but what is to run is \(scope): lease that, and give the reactor the "
                    + "deployment's name")
        }
        stop.onRequest { [weak self] _ in self?.requestStop() }
        _ = try await runToEnd(ReactorPart(partition: partition, fence: lease.fence, validity: lease.validity))
        if !stop.isRequested { try await stop.wait() }
    }
}
