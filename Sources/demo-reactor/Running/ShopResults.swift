import ActorProcessing

/// What a run of the shop has come to.
struct ShopResults: Sendable {
    var status: ReactorStatus
    var record: ShopRecord
    var stashedByMachines: Int
    var failedPublications: Int
    /// What was parked until the end.
    var parked: ParkedStream?
    var arrivals: Int
    /// Where the run went on; `nil` when it is one from the beginning.
    var resumed: Resumption?
    var elapsed: Duration

    /// What there was to read in this run.
    var remaining: Int { arrivals - (resumed?.settled ?? 0) }
}
