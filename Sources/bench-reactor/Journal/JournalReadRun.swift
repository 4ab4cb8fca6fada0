#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite

    /// One reader goes through everything, or one category, page by page.
    struct JournalReadRun {
        let workload: JournalWorkload
        let configuration: SQLiteConfiguration
        /// Which category; `nil` for everything.
        let category: Int?

        func measure(_ file: TemporaryDatabase) async throws -> Figures {
            let store = try await SQLiteStore(file.path, configuration: configuration)
            let name = category.map { JournalWorkload.categories[$0] }
            let clock = ContinuousClock()
            // Once before it is timed, so that both find the file in memory.
            _ = try await read(store.journal, name)
            let start = clock.now
            let digest = try await read(store.journal, name)
            let seconds = (clock.now - start).seconds
            try await store.close()
            let bareStart = clock.now
            let bare = try BareJournal.read(file.path, configuration, category: name)
            let bareSeconds = (clock.now - bareStart).seconds
            let expected = try await workload.digest(of: category)
            guard digest == expected, bare == expected else {
                throw WrongResult(text: "what was read isn't what was appended")
            }
            var figures = Figures()
            figures.add("part", name == nil ? "read" : "readCategory")
            figures.add("digest", digest.value.hexadecimal)
            figures.add("events", digest.count)
            figures.add("eventsPerSecond", Int(Double(digest.count) / seconds))
            figures.add("bareEventsPerSecond", Int(Double(digest.count) / bareSeconds))
            figures.add("ofBare", bareSeconds / seconds)
            return figures
        }

        private func read(_ journal: SQLiteJournal, _ category: String?) async throws -> JournalDigest {
            var digest = JournalDigest()
            var position = FeedPosition.start
            let selection = JournalSelection(category: category)
            while true {
                let page = try await journal.read(selection, from: position, upTo: ReadLimit(events: 4096, bytes: 8 << 20))
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
