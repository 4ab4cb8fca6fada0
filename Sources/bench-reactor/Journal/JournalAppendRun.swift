#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite

    /// One caller appends batches, one after the other: each is a transaction of its own.
    struct JournalAppendRun {
        let workload: JournalWorkload
        let configuration: SQLiteConfiguration

        /// Appends to a file that is left as it is.
        func measure(in file: TemporaryDatabase) async throws -> Figures {
            let store = try await SQLiteStore(file.path, configuration: configuration)
            let journal = store.journal
            let clock = ContinuousClock()
            var spent = Duration.zero
            try await workload.forEachBatch { batch in
                let (name, events) = (try JournalWorkload.name(batch.stream), JournalWorkload.events(of: batch))
                let start = clock.now
                let result = try await journal.append(events, to: name, expected: .exact(batch.first))
                spent += clock.now - start
                guard result.indices.lowerBound == batch.first, !result.isRepeat else {
                    throw WrongResult(text: "events for \(batch.first) of \(name) were appended at \(result.indices)")
                }
            }
            guard try await journal.end().value == Int64(workload.events) else {
                throw WrongResult(text: "the journal's end isn't \(workload.events)")
            }
            try await store.close()
            let bare = try await bare()
            var figures = Figures()
            figures.add("part", "append")
            figures.add("events", workload.events)
            figures.add("batch", workload.size)
            figures.add("synchronous", configuration.synchronous.rawValue)
            figures.add("eventsPerSecond", Int(Double(workload.events) / spent.seconds))
            figures.add("bareEventsPerSecond", Int(Double(workload.events) / bare))
            figures.add("ofBare", bare / spent.seconds)
            return figures
        }

        /// - Returns: how many seconds SQLite alone takes.
        private func bare() async throws -> Double {
            let file = TemporaryDatabase("bare-journal")
            defer { file.remove() }
            try await SQLiteStore(file.path, configuration: configuration).close()
            var journal = try BareJournal(file.path, configuration, streams: workload.streams)
            let clock = ContinuousClock()
            var spent = Duration.zero
            try await workload.forEachBatch { batch in
                let events = JournalWorkload.events(of: batch)
                let start = clock.now
                try journal.transact { try $0.append(events, to: batch.stream, from: batch.first) }
                spent += clock.now - start
            }
            return spent.seconds
        }
    }
#endif
