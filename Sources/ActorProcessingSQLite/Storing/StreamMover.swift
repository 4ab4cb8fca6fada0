#if SQLite
    import ActorProcessing

    /// Moves streams to other partitions, in a transaction of the writer.
    struct StreamMover {
        let views: SQLiteTransaction

        /// Says which partitions a reactor's streams belong to from now on.
        func move(of reactor: String, to partition: (StreamName) -> PartitionID?) throws {
            let scopes = try views.rows(
                """
                SELECT s.partition, s.id FROM millrace_scope s JOIN millrace_reactor r ON r.id = s.reactor
                WHERE r.name = ? AND s.partition <> ''
                """, reactor
            ) { (PartitionID($0.text(0)), $0.integer(1)) }
            let numbers = Dictionary(uniqueKeysWithValues: scopes)
            let streams = try views.rows(
                """
                SELECT s.id, s.name, s.scope FROM millrace_stream s JOIN millrace_reactor r ON r.id = s.reactor
                WHERE r.name = ?
                """, reactor
            ) { row in
                (
                    number: row.integer(0), name: try row.value(1, as: StreamName.self),
                    scope: try row.value(2, as: Int64?.self)
                )
            }
            for stream in streams {
                guard let wanted = partition(stream.name) else { continue }
                guard let scope = numbers[wanted] else {
                    throw StoreError(
                        .inaccessible, "partition '\(wanted)' of '\(reactor)' was never owned: take its ownership first"
                    )
                }
                if scope == stream.scope { continue }
                try views.run("UPDATE millrace_stream SET scope = ? WHERE id = ?", scope, stream.number)
            }
        }
    }
#endif
