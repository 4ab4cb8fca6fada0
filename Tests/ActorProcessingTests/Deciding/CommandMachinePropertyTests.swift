import Supervision
import Testing

@testable import ActorProcessing

/// Two machines work at one stream, step by step in any order, over a book whose answers are lost or late.
@Suite("Commands under random faults", .timeLimit(.minutes(10)))
struct CommandMachinePropertyTests {
    @Test("every command is applied at most once, what was acknowledged is there, and replies are of their place")
    func exactlyOnce() throws {
        for seed in UInt64(0)..<1_500 {
            var trial = Trial(random: SplitMix64(seed: seed))
            do {
                try trial.run()
            } catch {
                Issue.record("seed \(seed): \(error)")
                return
            }
        }
    }

    private struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private struct Trial {
        static let stream = StreamName(category: "Purse", id: "1")
        static let lost = JournalError(.unavailable, "lost")

        var random: SplitMix64
        var book = InMemoryBook(slotCount: 1)
        var machines = (0..<2).map { _ in
            var configuration = EventSourcingConfiguration()
            configuration.maximumConflicts = 2
            configuration.maximumFailures = 2
            return CommandMachine(decider: Purse(), stream: stream, configuration: configuration)
        }
        /// The number of the command that each machine works at.
        var working: [Int?] = [nil, nil]
        /// Whether the command that each machine works at had been accepted before.
        var wasAccepted = [false, false]
        /// Appends that were given up and are still on their way.
        var late: [(events: [NewEvent], version: Int64)] = []
        var commands: [Purse.Command] = []
        var replies: [Int: Int] = [:]
        var rejected: Set<Int> = []
        /// Commands that have no final answer yet.
        var open: [Int] = []

        mutating func chance(_ one: Int, in many: Int) -> Bool { Int.random(in: 0..<many, using: &random) < one }

        mutating func run() throws {
            for number in 0..<8 {
                let amount = Int.random(in: 1...6, using: &random)
                commands.append(
                    [.pay(amount), .split(amount, into: 2), .spend(amount)].randomElement(using: &random) ?? .look)
                open.append(number)
            }
            var steps = 0
            while !open.isEmpty || working.contains(where: { $0 != nil }) {
                steps += 1
                if steps > 20_000 { throw Failure(description: "it doesn't come to an end") }
                try step(Int.random(in: 0..<2, using: &random))
                if !late.isEmpty, chance(1, in: 10) {
                    let call = late.remove(at: Int.random(in: 0..<late.count, using: &random))
                    _ = try? book.append(call.events, to: Trial.stream, expected: .exact(call.version))
                }
            }
            try check()
        }

        private mutating func step(_ place: Int) throws {
            guard let number = working[place] else {
                // Also what has an answer already comes again.
                let again = chance(1, in: 20) ? Int.random(in: 0..<commands.count, using: &random) : nil
                guard let number = again ?? open.randomElement(using: &random), !rejected.contains(number) else {
                    return
                }
                machines[place].taken(try CommandMachineTests.sent(commands[number], key: "\(number)"))
                working[place] = number
                wasAccepted[place] = replies[number] != nil
                return
            }
            machines[place].waited()
            switch machines[place].next(at: Timestamp(nanosecondsSince1970: 0)) {
            case .rest, .readSnapshot, .wait: return
            case .read(let index):
                if chance(1, in: 10) { return machines[place].failed(Trial.lost) }
                let limit = ReadLimit(events: Int.random(in: 1...3, using: &random), bytes: 1 << 20)
                machines[place].eventsRead(try book.events(of: Trial.stream, from: index, .forwards, upTo: limit))
            case .find(let id):
                if chance(1, in: 10) { return machines[place].failed(Trial.lost) }
                machines[place].found(book.index(of: id, in: Trial.stream))
            case .readState:
                if chance(1, in: 10) { return machines[place].failed(Trial.lost) }
                machines[place].stateRead(book.state(of: Trial.stream))
            case .append(let events, let version): append(events, version, place)
            case .answer(let answer):
                working[place] = nil
                _ = try machines[place].answered()
                try answered(number, answer, wasAccepted: wasAccepted[place])
            }
        }

        private mutating func append(_ events: [NewEvent], _ version: Int64, _ place: Int) {
            if chance(1, in: 8) {
                late.append((events, version))
                return machines[place].appendFailed(Trial.lost)
            }
            if chance(1, in: 8) { return machines[place].appendFailed(Trial.lost) }
            do {
                let result = try book.append(events, to: Trial.stream, expected: .exact(version))
                if chance(1, in: 8) {
                    machines[place].appendFailed(Trial.lost)
                } else {
                    machines[place].appended(result)
                }
            } catch {
                machines[place].appendFailed(error)
            }
        }

        private mutating func answered(
            _ number: Int, _ answer: CommandMachine<Purse>.Answer, wasAccepted: Bool
        ) throws {
            do {
                let reply = try answer.get()
                if let before = replies[number], before != reply {
                    throw Failure(description: "command \(number) got \(before), and then \(reply)")
                }
                replies[number] = reply
            } catch is Purse.TooLittle {
                if wasAccepted { throw Failure(description: "command \(number) was accepted and rejected") }
                // Of two that are worked at side by side, the one that is rejected comes before the one that is accepted.
                if working.contains(number) || replies[number] != nil { return }
                rejected.insert(number)
            } catch let error as any ClassifiedError where error.errorClass == .retriable {
                return
            }
            open.removeAll { $0 == number }
        }

        private func check() throws {
            let batch = try book.events(
                of: Trial.stream, from: 0, .forwards, upTo: ReadLimit(events: 1_000, bytes: 1 << 20))
            var (balance, seen, balances) = (0, Set<String>(), [Int: Int]())
            for row in 0..<batch.count {
                let id = batch[row].id ?? ""
                if !seen.insert(id).inserted { throw Failure(description: "\(id) is there twice") }
                balance = Purse().evolve(balance, try JSONCodec<Purse.Fact>().decode(batch[row]))
                if balance < 0 { throw Failure(description: "the rules were broken at \(id)") }
                balances[Int(id.prefix { $0 != "/" }) ?? -1] = balance
            }
            for number in commands.indices where balances[number] != replies[number] {
                throw Failure(
                    description:
                        "command \(number) got \(String(describing: replies[number])), but \(String(describing: balances[number])) is there"
                )
            }
        }
    }
}
