#if SQLite
    public import ActorProcessing
    import Sharding

    /// The journal in an ``SQLiteStore``'s file: see ``SQLiteStore/journal``.
    ///
    /// Appends of many callers share transactions. Who waits for events is woken at once by appends of this process, and within
    /// ``SQLiteConfiguration/pollInterval`` by those of others.
    public struct SQLiteJournal: Journal {
        let store: SQLiteStore
        /// Fixed by ``SQLiteConfiguration/journalSlots`` when the file is made.
        public let slotCount: Int

        @discardableResult
        public func append(
            _ events: [NewEvent], to stream: StreamName, expected: ExpectedVersion
        ) async throws -> AppendResult {
            try AppendRule.check(events)
            let slot = slot(of: stream)
            return try await write(weight: events.count) { transaction in
                try JournalAppender(transaction).append(events, to: stream, slot: slot, expected: expected)
            }
        }

        public func close(_ stream: StreamName, expected: ExpectedVersion, _ closing: StreamClosing) async throws {
            let slot = slot(of: stream)
            try await write { transaction in
                try JournalAppender(transaction).close(stream, slot: slot, expected: expected, closing)
            }
        }

        public func events(
            of stream: StreamName, from index: Int64, _ direction: ReadDirection, upTo limit: ReadLimit
        ) async throws -> EventBatch {
            try await read { try JournalPages($0).events(of: stream, from: index, direction, upTo: limit) }
        }

        public func read(
            _ selection: JournalSelection, from position: FeedPosition, upTo limit: ReadLimit
        ) async throws -> JournalPage {
            try selection.check(slotCount: slotCount)
            return try await read { try JournalPages($0).page(of: selection, from: position.value, upTo: limit) }
        }

        public func index(of id: String, in stream: StreamName) async throws -> Int64? {
            try await read { connection in
                guard let row = try JournalStreams(connection).find(stream) else { return nil }
                return try JournalStreams(connection).index(of: id, in: row.number)
            }
        }

        public func state(of stream: StreamName) async throws -> JournalStreamState? {
            try await read { try JournalStreams($0).find(stream)?.state }
        }

        public func end() async throws -> FeedPosition {
            try await read { FeedPosition(try JournalStreams($0).end()) }
        }

        public func waitForEvents(from position: FeedPosition) async throws {
            let wakeUp = WakeUp()
            // Before the look at the end, so that nothing is missed in between.
            store.journalBell.add(wakeUp)
            defer { store.journalBell.remove(wakeUp) }
            store.threads.lookOut()
            if try await end() > position { return }
            try await wakeUp.wait()
        }

        // MARK: - errors are the journal's own

        /// Refusals are answers, not failures: nothing was written, and others in the transaction needn't know.
        private func write<Value: Sendable>(
            weight: Int = 1,
            _ body: @escaping @Sendable (WriteTransaction) throws -> Result<Value, JournalError>
        ) async throws -> Value {
            do {
                return try await store.threads.write(weight: weight, body).get()
            } catch let error as StoreError {
                throw JournalError(error)
            }
        }

        private func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws
            -> Value
        {
            do {
                return try await store.threads.read(body)
            } catch let error as StoreError {
                throw JournalError(error)
            }
        }
    }

    extension SQLiteStore {
        /// The journal in the same file. What an outcome's view writes append to it, ``SQLiteTransaction/append(_:to:expected:)``, is
        /// committed with the outcome.
        public var journal: SQLiteJournal { SQLiteJournal(store: self, slotCount: journalSlots) }
    }

    extension JournalError {
        /// What a failure of the file means to whoever has asked the journal.
        fileprivate init(_ error: StoreError) {
            let code: Code =
                switch error.code {
                case .unavailable: .unavailable
                case .corrupted: .corrupted
                default: .invalid
                }
            self.init(code, error.message, underlying: error.underlying ?? error)
        }
    }
#endif
