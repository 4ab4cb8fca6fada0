/// What an ``UnorderedReactor`` is made of.
struct UnorderedCore: Sendable {
    let name: String
    let feed: any Feed
    let store: any CheckpointStore & OwnershipStore
    let configuration: ReactorConfiguration
    let telemetry: (any TelemetryListener)?
    let handle: UnorderedReactor.Handler
    let deadLetter: (@Sendable (Event, (any Error)?) async throws -> Void)?
    let emit: @Sendable ([UnorderedResult]) async throws -> Void

    func check() throws(ReactorError) {
        try configuration.check()
        if configuration.resequencing.exhausted == .deadLetterWithTombstone, deadLetter == nil {
            throw ReactorError.invalidConfiguration(
                "resequencing.exhausted is deadLetterWithTombstone: say with deadLetter where events are put aside")
        }
    }

    var resequencing: ResequencerConfiguration {
        var resequencing = configuration.resequencing
        resequencing.lateHeadDeadline = resequencing.lateHeadDeadline ?? configuration.callDeadline
        return resequencing
    }

    func key(_ partition: PartitionID) -> CheckpointKey {
        CheckpointKey(reactor: name, feed: feed.name, partition: partition)
    }
}
