import Supervision
import Testing

@testable import ActorProcessing

@Suite("The way of a command to its answer")
struct CommandMachineTests {
    private static let stream = StreamName(category: "Purse", id: "1")
    private static let now = Timestamp(nanosecondsSince1970: 0)

    private static func machine(_ change: (inout EventSourcingConfiguration) -> Void = { _ in }) -> CommandMachine<
        Purse
    > {
        var configuration = EventSourcingConfiguration()
        change(&configuration)
        return CommandMachine(decider: Purse(), stream: stream, configuration: configuration)
    }

    static func sent(_ command: Purse.Command, key: String, hasOwnKey: Bool = true) throws -> SentCommand<Purse> {
        SentCommand(
            command: command, key: key, mayBeRepeated: hasOwnKey, correlationID: "c", causationID: "e",
            seat: try CommandHall(limit: 1, name: "purse").enter())
    }

    private static func batch(_ amounts: [Int], from index: Int64 = 0) throws -> EventBatch {
        var builder = EventBatch.Builder()
        for (place, amount) in amounts.enumerated() {
            let data = try JSONCodec<Purse.Fact>().encode(.paid(amount))
            try builder.append(stream: stream, index: index + Int64(place), type: "Paid", data: data)
        }
        return builder.finish()
    }

    private static func describe(_ order: CommandMachine<Purse>.Order) -> String {
        switch order {
        case .rest: "rest"
        case .readSnapshot: "read snapshot"
        case .read(let index): "read \(index)"
        case .append(let events, let version): "append \(events.map { $0.id ?? "-" }) at \(version)"
        case .find(let id): "find \(id)"
        case .readState: "read state"
        case .wait(let attempt): "wait \(attempt)"
        case .answer(.success(let reply)): "reply \(reply)"
        case .answer(.failure(let error)): "fail \((error as? EventSourcingError).map { "\($0.code)" } ?? "\(error)")"
        }
    }

    private static func expect(
        _ machine: inout CommandMachine<Purse>, _ order: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(describe(machine.next(at: now)) == order, sourceLocation: sourceLocation)
    }

    @Test("a first command reads the stream, appends to its version and replies")
    func straight() throws {
        var machine = Self.machine()
        Self.expect(&machine, "rest")
        machine.taken(try Self.sent(.pay(3), key: "k"))
        Self.expect(&machine, "read 0")
        machine.eventsRead(try Self.batch([1, 2]))
        Self.expect(&machine, "read 2")
        machine.eventsRead(try Self.batch([]))
        Self.expect(&machine, #"append ["k/0"] at 2"#)
        machine.appended(AppendResult(indices: 2..<3, position: FeedPosition(9)))
        Self.expect(&machine, "reply 6")
        #expect(try machine.answered() == nil)
        // What is known serves the next one.
        machine.taken(try Self.sent(.pay(1), key: "l"))
        Self.expect(&machine, #"append ["l/0"] at 3"#)
    }

    @Test("a conflict makes it read what has come, and decide again")
    func conflict() throws {
        var machine = Self.machine { $0.maximumConflicts = 1 }
        machine.taken(try Self.sent(.split(1, into: 2), key: "k"))
        machine.eventsRead(try Self.batch([]))
        Self.expect(&machine, #"append ["k/0", "k/1"] at 0"#)
        machine.appendFailed(JournalError.versionConflict(Self.stream, expected: .exact(0), actual: 1))
        Self.expect(&machine, "wait 1")
        machine.waited()
        Self.expect(&machine, "read 0")
        machine.eventsRead(try Self.batch([5]))
        machine.eventsRead(try Self.batch([]))
        Self.expect(&machine, #"append ["k/0", "k/1"] at 1"#)
        machine.appendFailed(JournalError.versionConflict(Self.stream, expected: .exact(1), actual: 2))
        if case .answer(.failure(let error as EventSourcingError)) = machine.next(at: Self.now) {
            #expect(error.code == .contended)
        } else {
            Issue.record("no answer")
        }
    }

    @Test("a lost answer makes it append the same again")
    func lostAnswer() throws {
        var machine = Self.machine { $0.maximumFailures = 1 }
        machine.taken(try Self.sent(.pay(3), key: "k"))
        machine.eventsRead(try Self.batch([]))
        Self.expect(&machine, #"append ["k/0"] at 0"#)
        machine.appendFailed(JournalError(.unavailable, "lost"))
        Self.expect(&machine, "wait 1")
        machine.waited()
        Self.expect(&machine, #"append ["k/0"] at 0"#)
        machine.appended(AppendResult(indices: 0..<1, position: FeedPosition(1), isRepeat: true))
        Self.expect(&machine, "reply 3")
    }

    @Test("when the journal stays away the outcome is unknown, and the state is read anew")
    func givingUp() throws {
        var machine = Self.machine { $0.maximumFailures = 0 }
        machine.taken(try Self.sent(.pay(3), key: "k"))
        machine.eventsRead(try Self.batch([]))
        _ = machine.next(at: Self.now)
        machine.appendFailed(JournalError(.unavailable, "lost"))
        guard case .answer(.failure(let error as EventSourcingError)) = machine.next(at: Self.now) else {
            Issue.record("no answer")
            return
        }
        #expect(error.code == .outcomeUnknown)
        #expect(error.errorClass == .retriable)
        _ = try machine.answered()
        machine.taken(try Self.sent(.pay(3), key: "l"))
        Self.expect(&machine, "read 0")
    }

    @Test("a command that was applied before gets the reply of its place")
    func repeated() throws {
        var machine = Self.machine()
        machine.taken(try Self.sent(.pay(3), key: "k"))
        machine.eventsRead(try Self.batch([1, 3, 10]))
        machine.eventsRead(try Self.batch([]))
        Self.expect(&machine, #"append ["k/0"] at 3"#)
        machine.appended(AppendResult(indices: 1..<2, position: FeedPosition(2), isRepeat: true))
        Self.expect(&machine, "read 0")
        machine.eventsRead(try Self.batch([1, 3]))
        Self.expect(&machine, "reply 4")
    }

    @Test("a rejection rests on what the journal holds now, and not on a command that was applied before")
    func rejecting() throws {
        var machine = Self.machine()
        machine.taken(try Self.sent(.pay(3), key: "k"))
        machine.eventsRead(try Self.batch([]))
        _ = machine.next(at: Self.now)
        machine.appended(AppendResult(indices: 0..<1, position: FeedPosition(1)))
        _ = try machine.answered()
        machine.taken(try Self.sent(.spend(5), key: "l"))
        Self.expect(&machine, "read 1")
        machine.eventsRead(try Self.batch([]))
        Self.expect(&machine, "find l/0")
        machine.found(nil)
        Self.expect(&machine, "read state")
        machine.stateRead(JournalStreamState(nextIndex: 1))
        Self.expect(&machine, "fail TooLittle(held: 3)")
        _ = try machine.answered()
        machine.taken(try Self.sent(.spend(5), key: "m", hasOwnKey: false))
        Self.expect(&machine, "read 1")
        machine.eventsRead(try Self.batch([], from: 1))
        Self.expect(&machine, "read state")
        machine.stateRead(JournalStreamState(nextIndex: 1))
        Self.expect(&machine, "fail TooLittle(held: 3)")
    }

    @Test("nothing is answered about a deleted stream, and what was known of it is forgotten")
    func deleted() throws {
        var machine = Self.machine()
        machine.taken(try Self.sent(.look, key: "k", hasOwnKey: false))
        machine.eventsRead(try Self.batch([3]))
        machine.eventsRead(try Self.batch([], from: 1))
        // Its events were there when the command was: nobody needs to ask.
        Self.expect(&machine, "reply 3")
        _ = try machine.answered()
        machine.taken(try Self.sent(.look, key: "l", hasOwnKey: false))
        Self.expect(&machine, "read 1")
        machine.eventsRead(try Self.batch([], from: 1))
        Self.expect(&machine, "read state")
        machine.stateRead(JournalStreamState(nextIndex: 1, phase: .deleted))
        Self.expect(&machine, "fail \(JournalError.streamClosed(Self.stream, .deleted))")
        _ = try machine.answered()
        machine.taken(try Self.sent(.look, key: "m", hasOwnKey: false))
        Self.expect(&machine, "read 0")
        machine.eventsRead(try Self.batch([]))
        Self.expect(&machine, "read state")
        machine.stateRead(nil)
        Self.expect(&machine, "reply 0")
    }
}
