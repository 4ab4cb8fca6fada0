#if SQLite
    import ActorProcessingSQLite

    /// Measures the journal in a file: appends in batches and by many callers, and reading, each beside SQLite alone.
    struct JournalBenchmark {
        let streams: Int
        let events: Int
        let synchronous: SQLiteConfiguration.Synchronous

        /// - Parameter show: is called with each part's figures as soon as they are there.
        func run(_ show: (Figures) -> Void) async throws {
            let file = TemporaryDatabase("journal")
            defer { file.remove() }
            let hundreds = JournalWorkload(streams: streams, events: events, size: 100)
            let appending = configuration(synchronous)
            show(try await JournalAppendRun(workload: hundreds, configuration: appending).measure(in: file))
            for category in [nil, 0] {
                let reading = JournalReadRun(workload: hundreds, configuration: appending, category: category)
                show(try await reading.measure(file))
            }
            file.remove()
            let thousands = JournalWorkload(streams: streams, events: events, size: 1_000)
            show(try await JournalAppendRun(workload: thousands, configuration: appending).measure(in: file))
            for level in [SQLiteConfiguration.Synchronous.normal, .full] {
                let callers = JournalCallersRun(events: max(100, events / 10), configuration: configuration(level))
                show(try await callers.measure())
            }
        }

        private func configuration(_ synchronous: SQLiteConfiguration.Synchronous) -> SQLiteConfiguration {
            var configuration = SQLiteConfiguration()
            configuration.synchronous = synchronous
            return configuration
        }
    }
#endif
