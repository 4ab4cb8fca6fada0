#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite

    import Sharding
    @testable import crash_probe

    /// Compares what the files of a finished workload hold with a sequential fold of its events.
    struct CrashAudit {
        /// What is wrong, in words; empty when everything agrees.
        private(set) var findings: [String] = []

        init(_ options: ProbeOptions) async throws {
            let workload = ProbeWorkload(seed: options.workload)
            let fold = ProbeFold(workload)
            let store = try await Self.open(options.state)
            let received = try await Self.open(ProbeRun.receiverPath(options.state))
            try await checkFile(store, "the state")
            try await checkFile(received, "what was received")
            try await checkViews(store, workload, fold)
            try await checkLeftovers(store, workload)
            try await checkStates(received, fold)
            try await checkResults(received, fold)
            try await checkOutputs(received, fold)
            try await store.close()
            try await received.close()
        }

        private static func open(_ path: String) async throws -> SQLiteStore {
            var configuration = SQLiteConfiguration()
            configuration.integrityCheck = .full
            return try await SQLiteStore(path, configuration: configuration)
        }

        private mutating func checkFile(_ store: SQLiteStore, _ name: String) async throws {
            let finding = try await store.read { try $0.value("PRAGMA integrity_check", as: String.self) }
            expect(finding, "ok", "integrity of \(name)")
        }

        /// Every event is applied once, in its stream's order; so is every timer.
        private mutating func checkViews(
            _ store: SQLiteStore, _ workload: ProbeWorkload, _ fold: ProbeFold
        ) async throws {
            let events = workload.histories.values.joined()
            let applied = try await places(store, "applied")
            expect(applied.sorted(), events.map { "\($0.stream) \($0.index)" }.sorted(), "events applied")
            let reminded = try await places(store, "reminded")
            let wanted = events.filter { if case .reminderWanted = $0.fact { true } else { false } }
            expect(reminded.sorted(), wanted.map { "\($0.stream) \($0.index)" }.sorted(), "timers fired")
            let tallies = try await store.read { transaction in
                try transaction.rows("SELECT stream, events, digest FROM tally") { row in
                    (
                        try row.value(0, as: StreamName.self),
                        ProbeFold.Tally(events: row.integer(1), digest: row.integer(2))
                    )
                }
            }
            expect(tallies.reduce(into: [:]) { $0[$1.0] = $1.1 }, fold.tallies, "tallies")
            let total = try await store.read { try $0.value("SELECT amount FROM total", as: Int.self) }
            expect(total, fold.total, "total")
        }

        private func places(_ store: SQLiteStore, _ table: String) async throws -> [String] {
            let statement = SQLiteStatement("SELECT stream, event_index FROM \(table)")
            return try await store.read { transaction in
                try transaction.rows(statement) { "\($0.text(0)) \($0.integer(1))" }
            }
        }

        /// Everything is settled, and nothing is still to leave.
        private mutating func checkLeftovers(_ store: SQLiteStore, _ workload: ProbeWorkload) async throws {
            expect(try await store.parkedStreams(reactor: "accounts").count, 0, "streams still parked")
            expect(try await store.dirtyStreams(reactor: "accounts").count, 0, "streams still to be published")
            for partition in [""] + (0..<ProbeWorkload.partitions).map({ ProbeWorkload.id(of: $0) }) {
                let scope = Fence.Scope(reactor: "accounts", partition: partition)
                let results = try await store.results(of: scope, from: .start, limit: .max)
                expect(results.count, 0, "results that have not left '\(partition)'")
                expect(try await store.outputs(of: scope, limit: .max).count, 0, "outputs that have not left")
            }
            let checkpoints = try await store.checkpoints(of: "accounts").map(\.position.value)
            expect(checkpoints, workload.arrivals.map { Int64($0.count) }, "checkpoints")
        }

        private mutating func checkStates(_ received: SQLiteStore, _ fold: ProbeFold) async throws {
            let states = try await received.read { transaction in
                try transaction.rows("SELECT stream, state FROM published") { row in
                    (try row.value(0, as: StreamName.self), try ProbeMachine.codec.decode(row.bytes(1)))
                }
            }
            expect(states.reduce(into: [:]) { $0[$1.0] = $1.1 }, fold.states, "states published")
        }

        /// Each result was received once; in the order of tickets, but for those that had to miss their turn.
        private mutating func checkResults(_ received: SQLiteStore, _ fold: ProbeFold) async throws {
            let contradictions = try await received.read { transaction in
                try transaction.rows("SELECT text FROM contradiction") { $0.text(0) }
            }
            expect(contradictions, [], "results that came again as others")
            let rows = try await received.read { transaction in
                try transaction.rows("SELECT text, is_late FROM result ORDER BY number") {
                    (text: $0.text(0), isLate: $0.integer(1) != 0)
                }
            }
            expect(rows.map(\.text).sorted(), fold.results.joined().map(\.text).sorted(), "results received")
            let late = Set(rows.filter(\.isLate).map(\.text))
            for (partition, results) in fold.results.enumerated() {
                let texts = Set(results.map(\.text))
                let inTurn = rows.filter { !$0.isLate && texts.contains($0.text) }.map(\.text)
                expect(
                    inTurn, results.map(\.text).filter { !late.contains($0) },
                    "results in turn of partition \(partition)")
                expect(results.filter { !$0.mayBeLate && late.contains($0.text) }.map(\.text), [], "late results")
            }
        }

        private mutating func checkOutputs(_ received: SQLiteStore, _ fold: ProbeFold) async throws {
            let outputs = try await received.read { transaction in
                try transaction.rows("SELECT text FROM output") { $0.text(0) }
            }
            expect(outputs.sorted(), fold.outputs.sorted(), "outputs received")
        }

        private mutating func expect<Value: Equatable>(_ found: Value, _ expected: Value, _ what: String) {
            if found != expected { findings.append("\(what): \(found), expected \(expected)") }
        }

        private mutating func expect<Value: Equatable>(
            _ found: [StreamName: Value], _ expected: [StreamName: Value], _ what: String
        ) {
            for stream in Set(found.keys).union(expected.keys).sorted() where found[stream] != expected[stream] {
                let texts = [found, expected].map { values in values[stream].map { "\($0)" } ?? "nothing" }
                findings.append("\(what), \(stream): \(texts[0]), expected \(texts[1])")
            }
        }

        private mutating func expect(_ found: [String], _ expected: [String], _ what: String) {
            guard found != expected else { return }
            let changes = found.difference(from: expected).prefix(6).map { change in
                switch change {
                case .insert(let place, let text, _): "+\(text) at \(place)"
                case .remove(let place, let text, _): "-\(text) at \(place)"
                }
            }
            findings.append("\(what): \(found.count), expected \(expected.count): \(changes.joined(separator: ", "))")
        }
    }
#endif
