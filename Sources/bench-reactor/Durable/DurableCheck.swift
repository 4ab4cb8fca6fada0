#if SQLite
    import ActorProcessingSQLite

    /// What the file holds at the end is what a plain loop finds.
    struct DurableCheck {
        let store: SQLiteStore
        /// How many streams there are, and how many events of them.
        let streams: Int
        let events: Int
        /// The XOR of all streams' digests.
        let digest: UInt64

        func run() async throws {
            let rows = try await store.read { transaction in
                try transaction.rows("SELECT count, digest FROM digest") { row in
                    (count: row.integer(0), digest: UInt64(bitPattern: row.integer(1)))
                }
            }
            let positions = try await store.read { transaction in
                try transaction.value("SELECT sum(next_index) FROM millrace_stream", as: Int.self)
            }
            guard rows.count == streams, rows.reduce(0, { $0 + Int($1.count) }) == events else {
                throw WrongResult(text: "the view doesn't count \(events) events of \(streams) streams")
            }
            guard rows.reduce(0, { $0 ^ $1.digest }) == digest else {
                throw WrongResult(text: "the view's digest isn't that of a plain loop")
            }
            guard positions == events else {
                throw WrongResult(text: "the positions come to \(positions ?? 0) events, not \(events)")
            }
        }
    }
#endif
