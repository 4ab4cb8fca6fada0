public import Sharding

extension Fence.Scope {
    /// The scope of a reactor's partition. What belongs to no partition is under the empty name.
    public init(reactor: String, partition: PartitionID) {
        self.init(deployment: reactor, process: partition.name)
    }

    /// The reactor whose partition it is.
    public var reactor: String { deployment }
    /// The partition.
    public var partition: PartitionID { PartitionID(process) }
}
