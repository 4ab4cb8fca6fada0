/// The contracts of all protocols that a `ReactorStore` conforms to.
///
/// View writes are checked by ``ViewWriteContract``, which has to be told how the store's views are written and read.
public enum StoreContracts: StoreContract {
    public static var checks: [ContractCheck] {
        OwnershipStoreContract.checks + CheckpointStoreContract.checks + OutcomeStoreContract.checks
            + SnapshotStoreContract.checks + ParkingLotContract.checks + SkipLogContract.checks
            + DirtySetContract.checks + OutboxStoreContract.checks + OperatorRequestsContract.checks
            + ReactorReplacementContract.checks
    }
}
