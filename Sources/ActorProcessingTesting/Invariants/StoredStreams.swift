import ActorProcessing

/// What a store holds of each stream, as the committed outcomes tell.
struct StoredStreams {
    struct Stream {
        var position = StreamPosition.none
        var isParked = false
        var lot: Set<Int64> = []
        var skipped: Set<Int64> = []

        /// An event that the lot holds and that is put there once more, not only to write down why a retry has ended.
        func parkedAgain(by outcome: Outcome) -> Int64? {
            outcome.effects?.parked.first { $0.failure == nil && lot.contains($0.event.index) }?.event.index
        }
    }

    private var streams: [StreamName: Stream] = [:]

    subscript(stream: StreamName) -> Stream { streams[stream] ?? Stream() }

    mutating func committed(_ outcome: Outcome) {
        var stream = self[outcome.stream]
        stream.position = outcome.position
        if let effects = outcome.effects {
            if let isParked = effects.isParked { stream.isParked = isParked }
            for parked in effects.parked { stream.lot.insert(parked.event.index) }
            for index in effects.unparked { stream.lot.remove(index) }
            for skip in effects.skipped { stream.skipped.formUnion(skip.indices) }
        }
        streams[outcome.stream] = stream
    }

    /// Whether an event needs no handling any more, or waits for it durably.
    func isSettled(_ stream: StreamName, _ index: Int64) -> Bool {
        guard let stream = streams[stream] else { return false }
        return index < stream.position.nextIndex || stream.lot.contains(index) || stream.skipped.contains(index)
    }
}
