import ActorProcessing

try await parcels()
try await pages()

/// In a reactor: streams are handled side by side, and results leave in the order in which the events arrived.
func parcels() async throws {
    let feed = MemoryFeed(ordering: .arrival)
    for (number, city) in ["Lima", "Oslo", "Cairo", "Quito", "Hanoi", "Accra"].enumerated() {
        try feed.append([Event(stream: StreamName("City-\(city)"), index: nil, type: "Parcel \(number)")])
    }
    feed.finish()
    let reactor = Reactor(name: "parcels", feed: feed) { events, context in
        for event in events {
            // The first take longest.
            try await context.sleep(for: .milliseconds(60 - 10 * event.position))
            print("  packed \(event.type) for \(event.stream.id)")
            context.emit(Output(type: event.type), for: event)
        }
    }
    reactor.onResults { results in
        for case .result(let row, _) in results { print("sent \(row.output.type)") }
    }
    try await reactor.run()
}

/// On its own: any work, done at the same time and handed on in order.
func pages() async throws {
    let resequencer = Resequencer<Int, String>(clock: .system) { page, _ in
        try await Task.sleep(for: .milliseconds(50 - 10 * page))
        print("  fetched page \(page)")
        return ["page \(page)"]
    } emit: { pages in
        for case .results(let texts) in pages.map(\.content) { print("read \(texts.joined())") }
    }
    async let running: Void = resequencer.run()
    for page in 0..<5 { try await resequencer.submit(page) }
    await resequencer.finish()
    try await running
}
