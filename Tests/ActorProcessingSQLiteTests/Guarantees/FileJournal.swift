#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite

    /// The journal in a trial's file, whichever process has it open.
    struct FileJournal: Journal {
        let file: TrialFile
        let slotCount: Int

        private var newest: SQLiteJournal { file.journal }

        func append(_ events: [NewEvent], to stream: StreamName, expected: ExpectedVersion) async throws
            -> AppendResult
        {
            try await newest.append(events, to: stream, expected: expected)
        }

        func events(
            of stream: StreamName, from index: Int64, _ direction: ReadDirection, upTo limit: ReadLimit
        ) async throws -> EventBatch {
            try await newest.events(of: stream, from: index, direction, upTo: limit)
        }

        func read(_ selection: JournalSelection, from position: FeedPosition, upTo limit: ReadLimit) async throws
            -> JournalPage
        {
            try await newest.read(selection, from: position, upTo: limit)
        }

        func index(of id: String, in stream: StreamName) async throws -> Int64? {
            try await newest.index(of: id, in: stream)
        }

        func state(of stream: StreamName) async throws -> JournalStreamState? {
            try await newest.state(of: stream)
        }

        func close(_ stream: StreamName, expected: ExpectedVersion, _ closing: StreamClosing) async throws {
            try await newest.close(stream, expected: expected, closing)
        }

        func end() async throws -> FeedPosition { try await newest.end() }

        func waitForEvents(from position: FeedPosition) async throws {
            try await newest.waitForEvents(from: position)
        }
    }
#endif
