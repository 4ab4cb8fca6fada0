#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite
    import Supervision

    /// Many callers at once append an event each, again and again, to streams of their own: what is there shares a transaction.
    struct JournalCallersRun {
        /// How many events in all; a multiple of the callers.
        let events: Int
        let callers = 100
        let configuration: SQLiteConfiguration

        private var each: Int { max(1, events / callers) }

        func measure() async throws -> Figures {
            let file = TemporaryDatabase("callers")
            defer { file.remove() }
            let store = try await SQLiteStore(file.path, configuration: configuration)
            let journal = store.journal
            let clock = ContinuousClock()
            let start = clock.now
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<callers {
                    group.addTask { try await append(as: caller, to: journal) }
                }
                try await group.waitForAll()
            }
            let seconds = (clock.now - start).seconds
            try await check(journal)
            let counts = store.writerCounts
            try await store.close()
            let mean = max(1, counts.weight / max(1, counts.transactions))
            let bare = try await bare(group: mean)
            let count = Double(callers * each)
            var figures = Figures()
            figures.add("part", "callers")
            figures.add("events", callers * each)
            figures.add("callers", callers)
            figures.add("synchronous", configuration.synchronous.rawValue)
            figures.add("appendsPerSecond", Int(count / seconds))
            figures.add("appendsPerTransaction", mean)
            figures.add("bareAppendsPerSecond", Int(count / bare))
            figures.add("ofBare", bare / seconds)
            return figures
        }

        private func append(as caller: Int, to journal: SQLiteJournal) async throws {
            let name = try JournalWorkload.name(caller)
            var generator = SplitMix64(seed: UInt64(caller))
            for index in 0..<Int64(each) {
                let event = JournalWorkload.event(stream: caller, index: index, draw: generator.next())
                try await journal.append([event], to: name, expected: .exact(index))
            }
        }

        /// Every caller's events are there, each in its place.
        private func check(_ journal: SQLiteJournal) async throws {
            for caller in 0..<callers {
                let name = try JournalWorkload.name(caller)
                let found = try await journal.events(of: name, upTo: ReadLimit(events: each + 1, bytes: .max))
                var generator = SplitMix64(seed: UInt64(caller))
                guard found.count == each else {
                    throw WrongResult(text: "\(name) has \(found.count) events, not \(each)")
                }
                for row in 0..<found.count {
                    let draw = try found[row].withData { try JournalWorkload.draw(of: $0) }
                    guard found[row].index == Int64(row), draw == generator.next() else {
                        throw WrongResult(text: "\(found[row]) isn't what was appended")
                    }
                }
            }
        }

        /// - Returns: how many seconds SQLite alone takes, from one thread, with as many in a transaction.
        private func bare(group: Int) async throws -> Double {
            let file = TemporaryDatabase("bare-callers")
            defer { file.remove() }
            try await SQLiteStore(file.path, configuration: configuration).close()
            var journal = try BareJournal(file.path, configuration, streams: callers)
            var generator = SplitMix64(seed: 42)
            let clock = ContinuousClock()
            let start = clock.now
            for first in stride(from: 0, to: callers * each, by: group) {
                try journal.transact { journal in
                    for place in first..<min(callers * each, first + group) {
                        let (stream, index) = (place % callers, Int64(place / callers))
                        let event = JournalWorkload.event(stream: stream, index: index, draw: generator.next())
                        try journal.append([event], to: stream, from: index)
                    }
                }
            }
            return (clock.now - start).seconds
        }
    }
#endif
