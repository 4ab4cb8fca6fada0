#if SQLite
    import ActorProcessingSQLite

    /// What a restart needs of SQLite alone: the check of the file, and each stream's row and state by its name.
    struct BareRestart {
        let path: String
        let configuration: SQLiteConfiguration

        func measure() throws -> (check: Double, reading: Double) {
            let clock = ContinuousClock()
            let start = clock.now
            let database = try BareDatabase(path, configuration)
            let check = try database.prepare("PRAGMA quick_check(1)")
            try check.run()
            let checked = clock.now
            var names: [[UInt8]] = []
            let all = try database.prepare("SELECT name FROM millrace_stream")
            while try all.step() { names.append(all.bytes(0)) }
            let reading = clock.now
            let state = try database.prepare(
                """
                SELECT s.next_index, p.state FROM millrace_stream s JOIN millrace_snapshot p ON p.stream = s.id
                WHERE s.reactor = 1 AND s.name = ?1
                """)
            for name in names {
                try unsafe name.withUnsafeBytes { name in
                    unsafe state.bind(name, at: 1)
                    guard try state.step(), state.byteCount(1) > 0 else {
                        throw WrongResult(text: "a stream has no state in the file")
                    }
                    state.reset()
                }
            }
            return ((checked - start).seconds, (clock.now - reading).seconds)
        }
    }
#endif
