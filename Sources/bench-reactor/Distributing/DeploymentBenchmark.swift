#if SQLite
    import ActorProcessingSQLite
    import Sharding
    import Supervision

    /// What it takes to run many processes on a few nodes that share a file: dealing them out, keeping them, handing one over, and
    /// doing without a node.
    struct DeploymentBenchmark {
        let processes: Int
        let nodes: Int
        let synchronous: SQLiteConfiguration.Synchronous
        private let clock = ContinuousClock()

        /// Each lasts so long that what is done every now and then counts.
        private static let idleTime = Duration.seconds(10)
        private static let handovers = 20
        private static let shortTTL = Duration.seconds(2)

        init(processes: Int, nodes: Int, synchronous: SQLiteConfiguration.Synchronous) {
            (self.processes, self.nodes, self.synchronous) = (processes, nodes, synchronous)
        }

        func measure() async throws -> Figures {
            var figures = Figures()
            figures.add("processes", processes)
            figures.add("nodes", nodes)
            try await run(ttl: .seconds(10), &figures) { members, roster, figures in
                try await idle(&figures)
                try await handOver(members, roster, &figures)
            }
            try await run(ttl: Self.shortTTL, &figures) { members, roster, figures in
                try await lose(&members, roster, &figures)
            }
            return figures
        }

        /// Deals the processes out, has something done with them, and looks at who has held what.
        private func run(
            ttl: Duration, _ figures: inout Figures,
            _ body: (inout [Member], Roster, inout Figures) async throws -> Void
        ) async throws {
            guard nodes > 1, processes >= nodes else {
                throw WrongResult(text: "at least two nodes and a process for each are needed")
            }
            let file = TemporaryDatabase("deployment")
            defer { file.remove() }
            let roster = Roster()
            var members: [Member] = []
            for number in 0..<nodes { members.append(try await member("node-\(number)", ttl, file, roster)) }
            let start = clock.now
            let runs = members.map { member in Task { try await member.node.run() } }
            let (all, most) = (processes, (processes + nodes - 1) / nodes)
            try await roster.wait(until: { $0.running.count == all && $0.largestShare <= most })
            figures.add("ttlSeconds", ttl.seconds)
            figures.add("dealSeconds", (clock.now - start).seconds)
            try await body(&members, roster, &figures)
            let findings = OwnershipAudit(try await members[0].store.epochs(of: "bench")).findings
            if let first = findings.first { throw WrongResult(text: "the audit has found something: \(first)") }
            for member in members { try await member.node.stop() }
            for (run, _) in zip(runs, members) { try await run.value }
            for run in runs { run.cancel() }
            for member in members { try await member.store.close() }
        }

        private struct Member {
            let node: DistributedProcessing
            let store: SQLiteStore
        }

        private func member(
            _ name: String, _ ttl: Duration, _ file: TemporaryDatabase, _ roster: Roster
        ) async throws -> Member {
            var settings = SQLiteConfiguration()
            settings.synchronous = synchronous
            let store = try await SQLiteStore(file.path, configuration: settings)
            var configuration = DistributedProcessingConfiguration()
            configuration.ttl = ttl
            let node = DistributedProcessing(
                name: "bench", node: name, store: store,
                processes: (0..<processes).map { number in
                    DistributedProcess(name: "process-\(number)") { lease, stop in
                        try await roster.run(lease.scope.process, on: name, until: stop)
                    }
                },
                configuration: configuration, runtime: .live(shards: 1))
            return Member(node: node, store: store)
        }

        /// How much of a processor all nodes together take when nothing happens.
        private func idle(_ figures: inout Figures) async throws {
            // Dealing out is over a little later than everything runs.
            try await clock.sleep(for: .seconds(3))
            let (before, start) = (ProcessorTime.used, clock.now)
            try await clock.sleep(for: Self.idleTime)
            let (used, elapsed) = (ProcessorTime.used - before, (clock.now - start).seconds)
            figures.add("idlePercentOfACore", 100 * used / elapsed)
        }

        /// An operator moves processes from node to node.
        private func handOver(_ members: [Member], _ roster: Roster, _ figures: inout Figures) async throws {
            let all = processes
            var times: [Double] = []
            for round in 0..<Self.handovers {
                let process = "process-\(round * 7 % processes)"
                // What the last move has upset is in balance again.
                let owner = try await roster.wait(for: { $0.running.count == all ? $0.running[process] : nil })
                guard let target = (0..<nodes).map({ "node-\($0)" }).first(where: { $0 != owner }) else {
                    throw WrongResult(text: "there is no node to move \(process) to")
                }
                let start = clock.now
                try await members[0].node.place(process, on: target)
                try await roster.wait(until: { $0.running[process] == target })
                times.append((clock.now - start).seconds)
            }
            times.sort()
            figures.add("handoverMedianSeconds", times[times.count / 2])
            figures.add("handoverLongestSeconds", times[times.count - 1])
        }

        /// A node can't reach the store any more, and the others do without it as they would after its death.
        private func lose(_ members: inout [Member], _ roster: Roster, _ figures: inout Figures) async throws {
            let lost = members.removeLast()
            let (name, all) = (lost.node.node, processes)
            let start = clock.now
            try await lost.store.close()
            try await roster.wait(until: { $0.running.count == all && !$0.running.values.contains(name) })
            figures.add("failoverSeconds", (clock.now - start).seconds)
        }
    }
#endif
