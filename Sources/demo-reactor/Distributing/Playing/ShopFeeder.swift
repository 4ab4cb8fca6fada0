#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Supervision
    import Synchronization

    /// Appends the shop's events to the journal, in bursts: streams are mixed, each is in order, and some events are appended again.
    ///
    /// The longer it goes on the smaller the bursts are, so that something always comes until the rest is let out.
    final class ShopFeeder: Sendable {
        private static let interval = Duration.milliseconds(50)
        /// In a hundred events.
        private static let repetitions = 3

        private let shop: SharedShop
        private let events: [Scenario.ShopEvent]
        private let seed: UInt64
        /// A burst is this part of what is left, on average.
        private let share: Int
        private let isReleased = Atomic(false)
        private let counts = Mutex((appended: 0, repeated: 0))

        init(_ shop: SharedShop, _ scenario: Scenario, seed: UInt64, share: Int) {
            self.shop = shop
            events = scenario.events
            self.seed = seed
            self.share = share
        }

        /// How many events are in the journal.
        var appended: Int { counts.withLock { $0.appended } }

        /// How many have been appended once more.
        var repeated: Int { counts.withLock { $0.repeated } }

        var isDone: Bool { appended == events.count }

        /// What is left comes at once.
        func release() { isReleased.store(true, ordering: .releasing) }

        /// Appends all of them.
        ///
        /// - Throws: what the store throws, but for what may be tried again.
        func run() async throws {
            var random = SplitMix64(seed: seed)
            var next = 0
            while next < events.count {
                let isReleased = isReleased.load(ordering: .acquiring)
                let left = events.count - next
                let size = isReleased ? 1_000 : Int.random(in: 1...max(2, 2 * left / share), using: &random)
                let burst = next..<min(events.count, next + size)
                let again = (0..<burst.count).filter { _ in
                    Int.random(in: 0..<100, using: &random) < Self.repetitions
                }.map { _ in Int.random(in: 0..<burst.upperBound, using: &random) }
                try await append(Array(burst) + again)
                next = burst.upperBound
                counts.withLock { counts in
                    counts.appended = next
                    counts.repeated += again.count
                }
                if !isReleased { try await Task.sleep(for: Self.interval) }
            }
        }

        /// Appends events until it is known that they are there; that they have ids makes this safe.
        private func append(_ numbers: [Int]) async throws {
            while true {
                do {
                    return try await shop.store.write { [events] transaction in
                        for number in numbers {
                            let event = events[number]
                            try transaction.append(
                                [Self.new(event)], to: event.stream, expected: .exact(event.index))
                        }
                    }
                } catch {
                    guard ErrorClass(classifying: error) == .retriable else { throw error }
                    try await Task.sleep(for: Self.interval)
                }
            }
        }

        private static func new(_ event: Scenario.ShopEvent) -> NewEvent {
            let (type, numbers) = event.fact.encoded
            return NewEvent(
                type: type, data: FactDecoder.encode(numbers, isPoisonous: false), id: "\(event.index)")
        }
    }
#endif
