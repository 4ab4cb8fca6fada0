#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite

    /// One reader goes through everything, or one category, page by page; some times over, for what is in memory then.
    struct JournalReadRun {
        let workload: JournalWorkload
        let configuration: SQLiteConfiguration
        /// Which category; `nil` for everything.
        let category: Int?

        func measure(_ file: TemporaryDatabase) async throws -> Figures {
            let store = try await SQLiteStore(file.path, configuration: configuration)
            let name = category.map { JournalWorkload.categories[$0] }
            let expected = try await workload.digest(of: category)
            let spent = try await seconds(expecting: expected) { try await read(store.journal, name) }
            try await store.close()
            let reader = try BareJournalReader(file.path, configuration, category: name)
            let bare = try await seconds(expecting: expected) { try reader.read() }
            var figures = Figures()
            figures.add("part", name == nil ? "read" : "readCategory")
            figures.add("digest", expected.value.hexadecimal)
            figures.add("events", expected.count)
            figures.add("eventsPerSecond", Int(Double(expected.count) / spent))
            figures.add("bareEventsPerSecond", Int(Double(expected.count) / bare))
            figures.add("ofBare", bare / spent)
            return figures
        }

        /// - Returns: the mean of some readings after one that isn't timed, so that the file is in memory.
        private func seconds(
            expecting digest: JournalDigest, _ read: () async throws -> JournalDigest
        ) async throws -> Double {
            let clock = ContinuousClock()
            var spent = Duration.zero
            for round in 0...Self.rounds {
                let start = clock.now
                let found = try await read()
                if round > 0 { spent += clock.now - start }
                guard found == digest else { throw WrongResult(text: "what was read isn't what was appended") }
            }
            return spent.seconds / Double(Self.rounds)
        }

        private static let rounds = 3

        private func read(_ journal: SQLiteJournal, _ category: String?) async throws -> JournalDigest {
            var digest = JournalDigest()
            var position = FeedPosition.start
            let selection = JournalSelection(category: category)
            while true {
                let page = try await journal.read(
                    selection, from: position, upTo: ReadLimit(events: 4096, bytes: 8 << 20))
                for row in 0..<page.events.count {
                    let event = page.events[row]
                    let draw = try event.withData { try JournalWorkload.draw(of: $0) }
                    digest.add(position: event.position, index: event.index, draw: draw)
                }
                if page.events.count == 0 { return digest }
                position = page.next
            }
        }
    }
#endif
