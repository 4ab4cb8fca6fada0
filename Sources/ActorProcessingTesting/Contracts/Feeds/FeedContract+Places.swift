import ActorProcessing

extension FeedContract {
    static func resuming(_ scenario: FeedScenario) async throws {
        for partition in try await scenario.partitions(of: scenario.feed) {
            let readings = try await scenario.read(scenario.feed, partition, events: 3)
            for (place, reading) in readings.enumerated() {
                let feed = try await scenario.subject.reopen()
                let rest = readings[(place + 1)...].flatMap(\.arrivals)
                let again = try await scenario.read(feed, partition, from: reading.next).flatMap(\.arrivals)
                if feed.isRepeatable {
                    try scenario.expect(again, is: rest, "what is read from \(reading.next) on")
                } else {
                    let missing = scenario.content(rest).filter { stream, content in
                        !(scenario.content(again)[stream] ?? []).reversed().starts(with: content.reversed())
                    }
                    try scenario.expect(missing, is: [:], "what isn't read any more from \(reading.next) on")
                }
            }
        }
    }

    static func repeating(_ scenario: FeedScenario) async throws {
        guard scenario.feed.isRepeatable else { return }
        for partition in try await scenario.partitions(of: scenario.feed) {
            let once = try await scenario.read(scenario.feed, partition).flatMap(\.arrivals)
            for feed in [scenario.feed, try await scenario.subject.reopen()] {
                for start in [nil, FeedPosition.start] {
                    let again = try await scenario.read(feed, partition, from: start, events: 5).flatMap(\.arrivals)
                    try scenario.expect(again, is: once, "what is read again from the beginning")
                }
            }
        }
    }

    static func tails(_ scenario: FeedScenario) async throws {
        for partition in try await scenario.partitions(of: scenario.feed) {
            let feed = scenario.feed
            let tail = try await feed.reader(of: partition, from: nil).tail()
            let reached = try await scenario.read(feed, partition, events: 4).last?.next ?? .start
            try scenario.expect(
                reached >= tail, "to come to the tail, which lies at \(tail)", otherwise: "reading ends at \(reached)")
            let later = try await feed.reader(of: partition, from: reached).tail()
            try scenario.expect(
                later <= reached, "the tail at \(reached) or before when all is read", otherwise: "it is \(later)")
        }
    }

    static func readersBeside(_ scenario: FeedScenario) async throws {
        var found: [FeedScenario.Arrival] = []
        for partition in try await scenario.partitions(of: scenario.feed) {
            let reader = try await scenario.feed.reader(of: partition, from: nil)
            while let reading = try await scenario.reading(reader, events: 3) {
                found += reading.arrivals
                _ = try await scenario.feed.reader(of: partition, from: reading.next).tail()
                _ = try await scenario.feed.reader(of: partition, from: nil).tail()
            }
        }
        try scenario.expect(scenario.content(found), is: scenario.expected, "the events, with other readers beside")
    }

    static func waiting(_ scenario: FeedScenario) async throws {
        for partition in try await scenario.partitions(of: scenario.feed) {
            let reader = try await scenario.feed.reader(of: partition, from: nil)
            let limit = ReadLimit(events: 1000, bytes: 1 << 20)
            reading: while true {
                switch try await reader.next(upTo: limit) {
                case .batch: continue
                case .tail: break reading
                case .end:
                    guard case .end = try await reader.next(upTo: limit) else {
                        throw scenario.violation("nothing behind an end", "there is something", #fileID, #line)
                    }
                    return
                }
            }
            // It still answers.
            _ = try await reader.tail()
            let found = await scenario.cancelled { try await reader.next(upTo: limit) }
            if case .batch(let batch, _) = found, batch.count > 0, scenario.feed.isRepeatable {
                throw scenario.violation("to wait at the tail", "\(batch.count) more events came", #fileID, #line)
            }
        }
    }

    static func growing(_ scenario: FeedScenario) async throws {
        guard let append = scenario.subject.append else { return }
        let added = try FeedScenario.event(stream: 0, index: 5)
        let names = try await scenario.partitions(of: scenario.feed)
        let found = try await withThrowingTaskGroup(of: FeedScenario.Arrival?.self) { group in
            for partition in names {
                let reader = try await scenario.feed.reader(of: partition, from: nil)
                group.addTask { try await scenario.first(like: added, reader) }
            }
            try await append(added)
            var found: FeedScenario.Arrival?
            while found == nil, let next = try await group.next() { found = next }
            group.cancelAll()
            return found
        }
        try scenario.expect(found?.type, is: added.type, "the type of the event that was added")
    }

    static func lookingUp(_ scenario: FeedScenario) async throws {
        if scenario.feed.ordering == .arrival { return }
        // A feed needn't find what nobody has read yet.
        for partition in try await scenario.partitions(of: scenario.feed) {
            _ = try await scenario.read(scenario.feed, partition)
        }
        let stream = try FeedScenario.event(stream: 1, index: 0).stream
        for range in [Int64(0)..<5, 1..<3, 4..<9, 7..<9] {
            guard let batch = try await scenario.feed.backfill(stream, indices: range) else { return }
            let found = (0..<batch.count).map { batch[$0] }
            try scenario.expect(Set(found.map(\.stream)).subtracting([stream]), is: [], "the other streams found")
            try scenario.expect(found.map(\.index), is: (0..<5).filter(range.contains), "the indices in \(range)")
        }
        let unknown = StreamName(category: "Case", id: "unknown")
        try scenario.expect(
            try await scenario.feed.backfill(unknown, indices: 0..<5)?.count ?? 0, is: 0,
            "the number of events of a stream that there isn't")
    }

    static func checkpoints(_ scenario: FeedScenario) async throws {
        for partition in try await scenario.partitions(of: scenario.feed) {
            let readings = try await scenario.read(scenario.feed, partition, events: 3)
            for (place, reading) in readings.enumerated() where scenario.feed.isRepeatable {
                try await scenario.feed.checkpointSaved(reading.next, of: partition)
                let again = try await scenario.read(scenario.feed, partition, from: reading.next)
                try scenario.expect(
                    again.flatMap(\.arrivals), is: readings[(place + 1)...].flatMap(\.arrivals),
                    "what lies behind the checkpoint at \(reading.next)")
            }
        }
    }
}

extension FeedScenario {
    /// What a call gives that is cancelled as soon as it is made; `nil` when it throws.
    func cancelled<Value: Sendable>(_ call: @escaping @Sendable () async throws -> Value) async -> Value? {
        await withTaskGroup(of: Value?.self) { group in
            group.addTask { try? await call() }
            group.cancelAll()
            return await group.next() ?? nil
        }
    }

    /// Reads until an event of this stream and type has come; `nil` when the partition ends before.
    func first(like event: Event, _ reader: any PartitionReader) async throws -> Arrival? {
        while true {
            switch try await reader.next(upTo: ReadLimit(events: 100, bytes: 1 << 20)) {
            case .tail: continue
            case .end: return nil
            case .batch(let batch, _):
                if let found = arrivals(batch).first(where: { $0.stream == event.stream && $0.type == event.type }) {
                    return found
                }
            }
        }
    }
}
