/// Everything that a reactor needs of a store.
///
/// Reading, committing and taking ownership are tried again after retriable errors (``StoreError/Code/unavailable``, and errors
/// without a class), with ``ReactorConfiguration/storeBackoff``; a permanent one ends the reactor. What only notes progress
/// (checkpoints, marks cleared, outboxes emptied) is told to the telemetry when it fails: it is made up for later, or what
/// it was about comes again.
public typealias ReactorStore = CheckpointStore & OutcomeStore & SnapshotStore & ParkingLot & SkipLog & DirtySet
    & OutboxStore & OwnershipStore & OperatorRequests & ReactorReplacement
