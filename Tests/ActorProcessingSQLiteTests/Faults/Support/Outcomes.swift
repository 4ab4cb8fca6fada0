#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Sharding

    /// Short ways to commit outcomes and to see whether they are there.
    enum Outcomes {
        static let reactor = "r"
        static let scope = Fence.Scope(reactor: reactor, partition: "0")

        /// The first event of each of these streams is handled, and something written, beside its state.
        static func first(_ streams: Range<Int>, _ fence: Fence, write: ViewWrite? = nil) -> [Outcome] {
            streams.map { number in
                var effects = OutcomeEffects()
                effects.snapshot = Snapshot(
                    position: StreamPosition(nextIndex: 1), schema: 1, state: [UInt8](repeating: 7, count: 2000))
                if let write { effects.writes = [write] }
                return Outcome(
                    stream: stream(number), expected: .none, position: StreamPosition(nextIndex: 1), fence: fence,
                    effects: effects)
            }
        }

        static func stream(_ number: Int) -> StreamName { StreamName(category: "Order", id: "\(number)") }

        /// Those of these streams of which the store knows something.
        static func committed(_ streams: Range<Int>, in store: SQLiteStore) async throws -> [Int] {
            let found = try await store.load(StreamQuery(streams.map { stream($0) }), reactor: reactor)
            return zip(streams, found).filter { ($1?.position ?? .none) != .none }.map(\.0)
        }
    }
#endif
