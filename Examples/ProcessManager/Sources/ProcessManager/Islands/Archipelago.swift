import ActorProcessing

/// Baskets and shops in all slots of a journal, and the process that works at them.
struct Archipelago {
    private static let shops = ["north", "south", "west"]
    private let journal = InMemoryJournal()
    private let store = InMemoryStore()

    /// Works until nothing new comes, and checks what has come of it.
    ///
    /// - Returns: whether everything is as it should be.
    func run() async throws -> Bool {
        try await open()
        for run in 1...3 {
            do {
                try await follow(store: store, through: DyingJournal(journal, after: 10))
            } catch is Crash {
                print("islands, run \(run) dies at position \(try await journal.end())")
            } catch let error as ReactorError where error.code == .notRunning {
                print("islands, run \(run) dies at position \(try await journal.end())")
            }
        }
        try await follow(store: store, through: journal)
        let end = try await journal.end()
        print("islands, the last run ends at position \(end)")
        // The same again, by a reactor that remembers nothing: all that it sends is there already.
        try await follow(store: InMemoryStore(), through: journal)
        print("islands, a replay of everything ends at position \(try await journal.end())")
        let report = try await IslandReport(journal)
        print(report.summary)
        return try await journal.end() == end && report.isSound
    }

    private func open() async throws {
        for (number, shop) in Self.shops.enumerated() {
            let letter = Letter(basket: "", shop: shop, pieces: 15 + 10 * number)
            try await journal.append([try letter.event("Delivered")], to: Letter.shop(shop), expected: .none)
        }
        for number in 1...24 {
            var wishes: [String: Int] = [:]
            for (place, shop) in Self.shops.enumerated() where number % 3 != place { wishes[shop] = 1 + number % 4 }
            try await journal.append(
                [NewEvent(type: "Placed", data: try Basket.wishes.encode(wishes))], to: Letter.basket("\(number)"),
                expected: .none)
        }
    }

    private func follow(store: any ReactorStore, through route: any Journal) async throws {
        let reactor = Reactor(name: "islands", feed: try JournalFeed(journal, partitions: 8), store: store)
        try reactor.plug("Basket", machine: Basket())
        try reactor.plug("Island", machine: IslandStock())
        reactor.deliverMessages(through: route)
        try await runUntilQuiet(reactor, over: journal)
    }
}
