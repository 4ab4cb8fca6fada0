import ActorProcessing
import ActorProcessingTesting
import Supervision
import Synchronization
import Testing

/// Two processes work at the same streams over a journal that fails, answers late or not at all. Senders send their
/// commands again, to either process, until they have an answer.
@Suite("Event-sourced streams with faults", .timeLimit(.minutes(10)))
struct EventSourcingTrialTests {
    private struct Sent: Sendable {
        var stream: StreamName
        var key: String
        var amount: Int
        var reply: Result<Int, Purse.TooLittle>
    }

    @Test("no command is applied twice, none that was acknowledged is lost, and replies are those of its place")
    func exactlyOnce() async throws {
        try await simulate(seeds: 0..<400) { simulation in
            let base = InMemoryJournal()
            let snapshots = InMemoryJournalSnapshots()
            let processes = (0..<2).map { _ in Self.process(base, snapshots, simulation) }
            let answers = try await withThrowingTaskGroup(of: Void.self) { group in
                for process in processes { group.addTask { try await process.run() } }
                let answers = try await Self.sendAll(to: processes, simulation)
                for process in processes { process.stop() }
                try await group.waitForAll()
                return answers
            }
            // What is still on its way comes too late.
            try await simulation.advance(by: .seconds(10))
            try await Self.check(answers, base)
        }
    }

    private static func process(
        _ base: InMemoryJournal, _ snapshots: InMemoryJournalSnapshots, _ simulation: Simulation
    ) -> EventSourcedStreams<Purse> {
        var plan = JournalFaultPlan()
        plan.fail = 0.1
        plan.linger = 0.05
        plan.delay = 0.3
        plan.lateAnswer = 0.2
        let journal = FaultyJournal(
            base, plan: plan, random: simulation.makeGenerator(), sleep: { try await simulation.advance(by: $0) })
        var configuration = EventSourcingConfiguration()
        configuration.maximumConflicts = 3
        configuration.maximumFailures = 2
        configuration.snapshotInterval = 4
        configuration.passivateAfter = .milliseconds(200)
        return EventSourcedStreams(
            Purse(keepsSnapshots: true), journal: journal, snapshots: snapshots, configuration: configuration,
            runtime: simulation.runtime())
    }

    private static func sendAll(
        to processes: [EventSourcedStreams<Purse>], _ simulation: Simulation
    ) async throws -> [Sent] {
        try await withThrowingTaskGroup(of: [Sent].self) { group in
            for sender in 0..<4 {
                var random = simulation.makeGenerator()
                group.addTask {
                    var sent: [Sent] = []
                    for number in 0..<6 {
                        let stream = StreamName(category: "Purse", id: "\(Int.random(in: 0..<2, using: &random))")
                        let amount = Int.random(in: -6...9, using: &random)
                        let key = "\(sender).\(number)"
                        let reply = try await send(amount, to: stream, key, processes, &random)
                        sent.append(Sent(stream: stream, key: key, amount: amount, reply: reply))
                    }
                    return sent
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    /// Sends a command, now and then once more, until it has an answer.
    private static func send(
        _ amount: Int, to stream: StreamName, _ key: String, _ processes: [EventSourcedStreams<Purse>],
        _ random: inout SplitMix64
    ) async throws -> Result<Int, Purse.TooLittle> {
        var answer: Result<Int, Purse.TooLittle>?
        while true {
            let process = processes[Int.random(in: 0..<processes.count, using: &random)]
            do {
                let command = amount < 0 ? Purse.Command.spend(-amount) : .split(amount, into: 2)
                let reply = try await process.send(command, to: stream, key: key)
                if case .success(let first) = answer { try #require(reply == first, "another reply for \(key)") }
                answer = .success(reply)
            } catch let rejection as Purse.TooLittle {
                if case .success = answer { Issue.record("\(key) was accepted, and then rejected") }
                return .failure(rejection)
            } catch let error as EventSourcingError {
                try #require(error.errorClass == .retriable, "\(error)")
            } catch let error as JournalError {
                try #require(error.code == .unavailable, "\(error)")
            }
            if let answer, Int.random(in: 0..<3, using: &random) > 0 { return answer }
        }
    }

    /// Folds each stream and compares it with the answers.
    private static func check(_ answers: [Sent], _ journal: InMemoryJournal) async throws {
        for stream in Set(answers.map(\.stream)) {
            let batch = try await journal.events(of: stream, upTo: ReadLimit(events: 10_000, bytes: 1 << 26))
            var (balance, balances, seen) = (0, [String: Int](), Set<String>())
            for row in 0..<batch.count {
                let event = batch[row]
                try #require(event.index == Int64(row))
                let id = try #require(event.id)
                try #require(seen.insert(id).inserted, "\(id) is there twice")
                balance = Purse().evolve(balance, try JSONCodec<Purse.Fact>().decode(event))
                try #require(balance >= 0, "the rules were broken at \(event)")
                balances[String(id.prefix { $0 != "/" })] = balance
            }
            for sent in answers where sent.stream == stream {
                switch sent.reply {
                case .success(let reply): try #require(balances[sent.key] == reply, "the reply of \(sent.key)")
                case .failure: try #require(balances[sent.key] == nil, "\(sent.key) was rejected and applied")
                }
            }
        }
    }
}
