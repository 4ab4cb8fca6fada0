#if SQLite
    import ActorProcessingSQLite

    /// The rows of ``DurableRun``, written by one thread through SQLite's own interface: a position and a row of the view each.
    struct BareRun {
        let workload: Workload
        /// How many pairs of rows.
        let rows: Int
        /// How many of them share a transaction.
        let group: Int
        let configuration: SQLiteConfiguration

        /// - Returns: how many seconds it has taken.
        func measure() throws -> Double {
            let file = TemporaryDatabase("bare")
            defer { file.remove() }
            let database = try BareDatabase(file.path, configuration)
            try database.execute(Self.tables)
            try database.execute(DurableHandler.tables)
            let begin = try database.prepare("BEGIN IMMEDIATE")
            let commit = try database.prepare("COMMIT")
            let insert = try database.prepare("INSERT INTO position VALUES (?1, 1, ?2, ?3, 0)")
            let update = try database.prepare(
                "UPDATE position SET next_index = ?3, turn = 0 WHERE id = ?1 AND next_index = ?2 AND turn = 0")
            let view = try database.prepare(DurableHandler.write.sql)
            let names = (0..<workload.streams).map(Workload.name)
            let draws = workload.draws(rows)
            var counts = [Int64](repeating: 0, count: names.count)
            let clock = ContinuousClock()
            let start = clock.now
            for place in draws.indices {
                if place % group == 0 { try begin.run() }
                let stream = Int(draws[place])
                let statement = counts[stream] == 0 ? insert : update
                try unsafe names[stream].withUnsafeBytes { name in
                    statement.bind(Int64(stream), at: 1)
                    if counts[stream] == 0 {
                        unsafe statement.bind(name, at: 2)
                    } else {
                        statement.bind(counts[stream], at: 2)
                    }
                    counts[stream] += 1
                    statement.bind(counts[stream], at: 3)
                    try statement.run()
                    unsafe view.bind(name, at: 1)
                    view.bind(counts[stream], at: 2)
                    view.bind(Int64(place), at: 3)
                    try view.run()
                }
                if place % group == group - 1 || place == draws.count - 1 { try commit.run() }
            }
            return (clock.now - start).seconds
        }

        private static let tables = """
            CREATE TABLE position (
                id INTEGER PRIMARY KEY, reactor INTEGER NOT NULL, name TEXT NOT NULL, next_index INTEGER NOT NULL,
                turn INTEGER NOT NULL, UNIQUE (reactor, name)
            )
            """
    }
#endif
