/// What a reactor does about a partition, or about itself, that another live process owns.
///
/// Only stores that know whether an owner lives refuse anybody: with others, who comes last takes over.
public enum OwnershipPolicy: Sendable, Hashable {
    /// `run()` ends with ``ReactorError/Code/owned``.
    case refuse
    /// It is asked for again, with ``ReactorConfiguration/storeBackoff``, until it is free. What it has of the feed's other
    /// partitions is read meanwhile.
    case wait
}
